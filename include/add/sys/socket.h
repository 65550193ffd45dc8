/* Sockets come in pairs from socketpair(), AF_UNIX and SOCK_STREAM or SOCK_DGRAM, or are granted.
 * They have no addresses: accept() reports an empty one, recvfrom() and sendto() take only NULL.
 * getsockopt() knows SO_TYPE, SO_ERROR and SO_ACCEPTCONN; ENOPROTOOPT for all else.
 * recvmsg() may set MSG_TRUNC and MSG_CTRUNC; control messages are SCM_RIGHTS, up to 256
 * descriptors. */

/* Of the flags, MSG_PEEK, MSG_WAITALL, MSG_NOSIGNAL and MSG_CMSG_CLOEXEC can be asked for; the
 * others would be ENOTSUP. O_NONBLOCK takes the place of MSG_DONTWAIT. */
#undef MSG_BATCH
#undef MSG_CONFIRM
#undef MSG_DONTROUTE
#undef MSG_DONTWAIT
#undef MSG_EOR
#undef MSG_ERRQUEUE
#undef MSG_FASTOPEN
#undef MSG_FIN
#undef MSG_MORE
#undef MSG_OOB
#undef MSG_PROXY
#undef MSG_RST
#undef MSG_SYN
#undef MSG_WAITFORONE
#undef MSG_ZEROCOPY

#undef SCM_CREDENTIALS
#undef SOMAXCONN
