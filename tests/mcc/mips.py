# SPDX-License-Identifier: MIT
"""The compiler for MIPS32, with the libraries that scripts/mips-sysroot fetches, and QEMU."""
from __future__ import annotations

import shutil

from tests.mcc.build import Toolchain
from tests.programs import ROOT

COMPILER = "mipsel-linux-gnu-gcc"
SYSROOT = ROOT / "build-mips/sysroot"
FLAGS = ("-Os", "-march=mips32r2", "-Wall", "-Wextra", "-Werror", "-ffunction-sections", "-fdata-sections")
THERE = shutil.which(COMPILER) is not None

TOOLCHAIN = Toolchain(
    compiler=(COMPILER, f"--sysroot={SYSROOT}"),
    flags=FLAGS,
    libraries=(*Toolchain.libraries, "-Wl,--gc-sections"),
    emulator=("qemu-mipsel", "-cpu", "24Kf", "-L", str(SYSROOT)),
) if THERE and (SYSROOT / ".complete").exists() and shutil.which("qemu-mipsel") else None

MICROMIPS = Toolchain(
    compiler=(COMPILER, *((f"--sysroot={SYSROOT}",) if TOOLCHAIN else ())), flags=(*FLAGS, "-mmicromips"),
) if TOOLCHAIN else None
