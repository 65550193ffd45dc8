/* Sockets come in pairs from socketpair(), AF_UNIX and SOCK_STREAM or SOCK_DGRAM, or are granted.
 * They have no addresses: accept() reports an empty one, recvfrom() and sendto() take only NULL.
 * getsockopt() knows SO_TYPE, SO_ERROR and SO_ACCEPTCONN; ENOPROTOOPT for all else.
 * recvmsg() may set MSG_TRUNC and MSG_CTRUNC; control messages are SCM_RIGHTS, up to 256
 * descriptors. */

/* Of the flags, MSG_PEEK, MSG_WAITALL, MSG_NOSIGNAL and MSG_CMSG_CLOEXEC can be asked for; ENOTSUP
 * for all else. O_NONBLOCK takes the place of MSG_DONTWAIT. */

/* The control message after `header`, or NULL if it is the last. POSIX. Without musl's comparison
 * of signed with unsigned numbers, which compilers warn of in the program that uses it; a length
 * beyond the end is the last as well. */
#undef CMSG_NXTHDR
#define CMSG_NXTHDR(message, header)                                                               \
    ((header)->cmsg_len < sizeof(struct cmsghdr) ||                                                \
             (header)->cmsg_len >= __CMSG_REST(message, header) ||                                 \
             __CMSG_LEN(header) + sizeof(struct cmsghdr) > __CMSG_REST(message, header)            \
         ? (struct cmsghdr *)0                                                                     \
         : (struct cmsghdr *)__CMSG_NEXT(header))
#define __CMSG_REST(message, header) ((size_t)(__MHDR_END(message) - (unsigned char *)(header)))
