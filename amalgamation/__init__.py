# SPDX-License-Identifier: MIT
"""The sources in few files, for firmware trees that have no place for a library: a header and a
source for each part that is chosen. It must not know what the sources do, only their form.

    tokens      C as tokens, without loss
    names       what a source declares for itself alone
    rename      such names made unique
    conditions  roles that are left out
    parts       what can be chosen, and what each part is made of
    bundle      the files of a choice
"""
