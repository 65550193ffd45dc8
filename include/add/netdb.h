/* Services and protocols are a table that is built in: no file is read and setservent(),
 * setprotoent() and their ends have nothing to do. getnameinfo() tells addresses and ports as
 * numbers; EAI_NONAME with NI_NAMEREQD. Names are resolved by whoever grants the socket. */
#undef AI_ADDRCONFIG
#undef AI_ALL
#undef AI_CANONNAME
#undef AI_NUMERICHOST
#undef AI_NUMERICSERV
#undef AI_PASSIVE
#undef AI_V4MAPPED
