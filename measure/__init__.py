# SPDX-License-Identifier: MIT
"""What the engine costs a device: code, memory, stack. Compiles the sources with the device's
compiler, reads what comes of it, and keeps the figures of docs/device.json and the tables made
of them. Nothing is run. It must not know how anything works, only what is where.

    toolchain   compilers            objects, linked programs
    parts       what is built        parts of the repository, configurations
    assembly    calls                of an object, from the compiler's output
    pointers    calls by pointers    where they lead
    stack       deepest paths
    linkmap     what of a program    from the linker's map
    rooms       subjects             of the sources
    goals       what is wanted       at most
    figures     the committed figures and the gate
    tables      Markdown of them
"""
