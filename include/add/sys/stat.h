/* Permissions, owners and device numbers are not visible: st_mode holds a type and no other bit,
 * and `mode` of mkdirat() has no meaning. A pipe is a socket. A process descriptor has type 0. */

/* fstat() of a shared memory object, as behind tmpfile(). POSIX <sys/stat.h>. */
#undef S_TYPEISSHM
#define S_TYPEISSHM(buf) (((buf)->st_mode & S_IFMT) == 0030000)

/* Two of the names above would stand for types that are not declared. */
#if defined(_LARGEFILE64_SOURCE) || defined(_GNU_SOURCE)
#define __NEED_fsblkcnt_t
#define __NEED_fsfilcnt_t
#include <bits/alltypes.h>
#endif
