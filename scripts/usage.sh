# SPDX-License-Identifier: MIT
# shellcheck shell=bash
#
# What scripts begin with, before they go to another folder: their help is the comment at their
# head. Sourced, it answers --help; `usage` is for arguments that are wrong.

self=$(realpath -- "$0")

# Prints the script's comment, from what follows the licence.
usage_text() { sed -n -e '1,3d' -e '/^#/!q' -e 's/^# \{0,1\}//p' "$self"; }

usage() { usage_text >&2; exit 2; }

if [[ ${1:-} == --help || ${1:-} == -h ]]; then usage_text; exit 0; fi
