# SPDX-License-Identifier: MIT
"""What can be said of the C without running it: no function calls itself, nothing is allocated,
how long and how branched functions are, what compilers and checkers find, which rules of MISRA
are not kept and why. It must not know how anything works.

    rooms       what is looked at, and how it is compiled
    calls       recursion               by the call graph of measure/
    heap        symbols of allocators
    shape       complexity and length   by pmccabe
    analyzer    warnings                by gcc -fanalyzer
    cppcheck    findings                by cppcheck and its MISRA addon
    misra       deviations, counted and reasoned
    document    docs/MISRA.md
    limits      what is accepted: limits.yaml, misra.yaml, misra-counts.json
"""
