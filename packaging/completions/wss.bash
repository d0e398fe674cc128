# SPDX-License-Identifier: MIT
#
# Completion of the wss command for bash.
# shellcheck shell=bash

_wss() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}

    COMPREPLY=()
    if ((COMP_CWORD == 1)); then
        mapfile -t COMPREPLY < <(compgen -W 'serve --help --version' -- "$word")
        return
    fi
    case $before in
    --bind) mapfile -t COMPREPLY < <(compgen -W '127.0.0.1 ::1 0.0.0.0 ::' -- "$word") ;;
    --port | --path | --protocol | --origin | --max-clients | --max-message) ;;
    --handshake-timeout | --idle-timeout | --ping-interval | --pong-timeout | --close-timeout) ;;
    *)
        [[ ${COMP_WORDS[1]} == serve ]] || return
        mapfile -t COMPREPLY < <(compgen -W '--bind --port --path --protocol --origin
            --max-clients --max-message --handshake-timeout --idle-timeout --ping-interval
            --pong-timeout --close-timeout --quiet --help' -- "$word")
        ;;
    esac
}

complete -F _wss wss
