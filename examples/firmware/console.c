/* SPDX-License-Identifier: MIT */
/* A small printf. It must not know what is printed. */
#include "console.h"
#include "uart.h"

#include <stdarg.h>
#include <stddef.h>

static void put_text(const char *text)
{
    for (; *text != '\0'; text++)
        uart_put(*text);
}

static void put_number(unsigned long number, unsigned base)
{
    char digits[10];
    size_t count = 0;

    do {
        digits[count++] = "0123456789abcdef"[number % base];
        number /= base;
    } while (number > 0);
    while (count > 0)
        uart_put(digits[--count]);
}

static void put_signed(long number)
{
    if (number < 0)
        uart_put('-');
    put_number(number < 0 ? 0ul - (unsigned long)number : (unsigned long)number, 10);
}

void console_print(const char *format, ...)
{
    va_list values;

    va_start(values, format);
    for (; *format != '\0'; format++) {
        if (*format != '%') {
            uart_put(*format);
            continue;
        }
        format++;
        if (*format == 'l') /* an int is as wide */
            format++;
        switch (*format) {
        case 's': put_text(va_arg(values, const char *)); break;
        case 'c': uart_put((char)va_arg(values, int)); break;
        case 'd': put_signed(va_arg(values, long)); break;
        case 'u': put_number(va_arg(values, unsigned long), 10); break;
        case 'x': put_number(va_arg(values, unsigned long), 16); break;
        default: uart_put(*format); break;
        }
    }
    va_end(values);
}

_Static_assert(sizeof(long) == sizeof(int), "%d and %ld are read alike");
