/* Services and protocols are a table that is built in: no file is read and setservent(),
 * setprotoent() and their ends have nothing to do. getnameinfo() tells addresses and ports as
 * numbers; EAI_NONAME with NI_NAMEREQD. Names are resolved by whoever grants the socket. */
