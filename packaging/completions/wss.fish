# SPDX-License-Identifier: MIT
#
# Completion of the wss command for fish.

complete -c wss -f
complete -c wss -n __fish_use_subcommand -a serve -d 'Serve an echo server'
complete -c wss -n __fish_use_subcommand -a connect -d 'Connect to a server'
complete -c wss -l help -d 'Print the options'
complete -c wss -n __fish_use_subcommand -l version -d 'Print the version'

complete -c wss -n '__fish_seen_subcommand_from serve' -x -l bind -a '127.0.0.1 ::1 0.0.0.0 ::' -d 'Numeric address'
complete -c wss -n '__fish_seen_subcommand_from serve' -x -l port -d 'Port; 0 takes a free one'
complete -c wss -n '__fish_seen_subcommand_from serve' -x -l path -d 'Serve WebSockets at this path'
complete -c wss -n '__fish_seen_subcommand_from serve' -x -l protocol -d 'Subprotocol, best first'
complete -c wss -n '__fish_seen_subcommand_from serve' -x -l origin -d 'Let pages of this origin in'
complete -c wss -n '__fish_seen_subcommand_from serve' -x -l max-clients -d 'Served at once'
complete -c wss -n '__fish_seen_subcommand_from serve' -x -l max-message -d 'Largest message in bytes'
complete -c wss -n '__fish_seen_subcommand_from serve' -x -l handshake-timeout -d 'For the opening handshake, in ms'
complete -c wss -n '__fish_seen_subcommand_from serve' -x -l idle-timeout -d 'No byte of a frame, in ms; 0: off'
complete -c wss -n '__fish_seen_subcommand_from serve' -x -l ping-interval -d 'From Ping to Ping, in ms; 0: off'
complete -c wss -n '__fish_seen_subcommand_from serve' -x -l pong-timeout -d 'From Ping to Pong, in ms; 0: off'
complete -c wss -n '__fish_seen_subcommand_from serve' -x -l close-timeout -d 'For the closing handshake, in ms'
complete -c wss -n '__fish_seen_subcommand_from serve' -x -l workers -d 'Processes that share the port'
complete -c wss -n '__fish_seen_subcommand_from serve' -l proxy-protocol -d 'Clients come through a load balancer'
complete -c wss -n '__fish_seen_subcommand_from serve' -l console -d 'Commands from standard input'
complete -c wss -n '__fish_seen_subcommand_from serve' -l quiet -d 'Do not say who comes and goes'

complete -c wss -n '__fish_seen_subcommand_from connect' -x -l header -d 'Header field of the request'
complete -c wss -n '__fish_seen_subcommand_from connect' -x -l protocol -d 'Subprotocol, best first'
complete -c wss -n '__fish_seen_subcommand_from connect' -x -l send -d 'Send after each opening'
complete -c wss -n '__fish_seen_subcommand_from connect' -l echo -d 'Send each message back'
complete -c wss -n '__fish_seen_subcommand_from connect' -l binary -d 'Send blocks of standard input'
complete -c wss -n '__fish_seen_subcommand_from connect' -x -l ping-interval -d 'From Ping to Ping, in ms; 0: off'
complete -c wss -n '__fish_seen_subcommand_from connect' -x -l close-timeout -d 'Silence after our Close, in ms'
complete -c wss -n '__fish_seen_subcommand_from connect' -l reconnect -d 'Connect again whenever a connection ends'
complete -c wss -n '__fish_seen_subcommand_from connect' -x -l max-message -d 'Largest message in bytes'
complete -c wss -n '__fish_seen_subcommand_from connect' -x -l proxy -d 'HTTP proxy'
complete -c wss -n '__fish_seen_subcommand_from connect' -l quiet -d 'Only say what went wrong'
