#ifdef PTHREAD_STACK_MIN
/* The system's calls run on the caller's stack, and resolve paths there. */
#undef PTHREAD_STACK_MIN
#define PTHREAD_STACK_MIN 32768
#endif
