/* The set of exceptional conditions always comes back empty: there are none. The signal mask of
 * pselect() must be NULL: ENOTSUP. select() leaves its time-out as it is. */
