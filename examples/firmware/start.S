/* SPDX-License-Identifier: MIT */
/*
 * From reset to main(), exceptions, and sleep. Interrupts are on while the processor sleeps, and
 * never else: all that one does is end the sleep.
 */
    .set noreorder
    .set mips32r2

    .equ STATUS, $12
    .equ CAUSE, $13
    .equ EPC, $14
    .equ INTERRUPTS, 0x8400 /* of the timer (7) and of the network (2) */

/* ----------------------------------------------------------------------- exceptions */

    .section .vectors, "ax", @progbits

    .org 0x000 /* no such address */
    b refill
    nop

    .org 0x180 /* all others, interrupts among them */
    mfc0 $k0, CAUSE
    andi $k0, $k0, 0x7c
    bnez $k0, refill
    lui $k1, %hi(cpu_awake)
    addiu $k1, $k1, %lo(cpu_awake)
    mtc0 $k1, EPC
    mfc0 $k0, STATUS
    ins $k0, $zero, 0, 1
    mtc0 $k0, STATUS
    ehb
    eret

refill:
    la $sp, stack_begin - 32
    mfc0 $a0, CAUSE
    mfc0 $a1, EPC
    mfc0 $a2, $8 /* BadVAddr */
    la $t9, fault
    jr $t9
    nop

/* ---------------------------------------------------------------------------- reset */

    .text
    .globl start
    .ent start
start:
    li $t0, INTERRUPTS /* vectors in RAM, no interrupts, kernel mode */
    mtc0 $t0, STATUS
    mtc0 $zero, CAUSE
    ehb
    la $gp, _gp

    la $t0, data_image
    la $t1, data_begin
    la $t2, data_end
    b 2f
    nop
1:  lw $t3, 0($t0)
    addiu $t0, $t0, 4
    sw $t3, 0($t1)
    addiu $t1, $t1, 4
2:  bne $t1, $t2, 1b
    nop

    la $t1, bss_begin
    la $t2, bss_end
    b 4f
    nop
3:  sw $zero, 0($t1)
    addiu $t1, $t1, 4
4:  bne $t1, $t2, 3b
    nop

    la $t1, stack_end
    la $t2, stack_begin
    li $t3, STACK_PAINT
5:  sw $t3, 0($t1)
    addiu $t1, $t1, 4
    bne $t1, $t2, 5b
    nop

    la $sp, stack_begin - 32
    la $t9, main
    jalr $t9
    nop
6:  b 6b /* main() has returned: it has said why */
    nop
    .end start

/* ---------------------------------------------------------------------------- sleep */

/* Until an interrupt, which may be there already: it comes as soon as it is let in, and then
 * goes on behind the sleep. */
    .globl cpu_sleep
    .ent cpu_sleep
cpu_sleep:
    ei
    ehb
    wait
    di
    ehb
cpu_awake:
    jr $ra
    nop
    .end cpu_sleep
