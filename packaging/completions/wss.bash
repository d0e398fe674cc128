# SPDX-License-Identifier: MIT
#
# Completion of the wss command for bash.
# shellcheck shell=bash

_wss() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} options=

    COMPREPLY=()
    if ((COMP_CWORD == 1)); then
        mapfile -t COMPREPLY < <(compgen -W 'serve connect --help --version' -- "$word")
        return
    fi
    case $before in
    --bind) mapfile -t COMPREPLY < <(compgen -W '127.0.0.1 ::1 0.0.0.0 ::' -- "$word") && return ;;
    --port | --path | --protocol | --origin | --max-clients | --max-message) return ;;
    --handshake-timeout | --idle-timeout | --ping-interval | --pong-timeout | --close-timeout | --workers) return ;;
    --header | --send | --proxy) return ;;
    --ca | --cert | --key | --client-ca) mapfile -t COMPREPLY < <(compgen -f -- "$word") && return ;;
    esac
    case ${COMP_WORDS[1]} in
    serve)
        options='--bind --port --path --protocol --origin --max-clients --max-message
            --handshake-timeout --idle-timeout --ping-interval --pong-timeout --close-timeout
            --workers --cert --key --client-ca --proxy-protocol --console --quiet --help'
        ;;
    connect)
        options='--header --protocol --send --echo --binary --ping-interval --pong-timeout
            --close-timeout --reconnect --max-message --ca --cert --key --insecure --proxy --quiet --help'
        ;;
    esac
    mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word")
}

complete -F _wss wss
