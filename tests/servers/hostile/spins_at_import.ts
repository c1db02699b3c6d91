/** Never comes to the end of its own module. */
for (;;);
