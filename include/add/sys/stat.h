/* Permissions, owners and device numbers are not visible: st_mode holds a type and no other bit,
 * and `mode` of mkdirat() has no meaning. A pipe is a socket. A process descriptor has type 0. */

/* fstat() of a shared memory object, as behind tmpfile(). POSIX <sys/stat.h>. */
#undef S_TYPEISSHM
#define S_TYPEISSHM(buf) (((buf)->st_mode & S_IFMT) == 0030000)
