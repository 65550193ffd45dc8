/* Messages go to stderr, which drops them until the program attaches a stream with fswap(), and do
 * not begin with the program's name: nothing tells a program how it was called. BSD's <err.h>. */
