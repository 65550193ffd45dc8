/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Streams. The members and macros are those that musl's files use; the lock is the ABI's lock word,
 * and what a stream holds is kept apart from what it is, so that fswap() can exchange it.
 */
#ifndef _STDIO_IMPL_H
#define _STDIO_IMPL_H

#include <stddef.h>
#include <stdio.h>
#include <sys/types.h>

#include "lockword.h"
#include "syscall.h"

/* Bytes that ungetc() may put in front of a buffer. */
#define UNGET 8

#define F_PERM 1  /* the object is not freed: stderr */
#define F_NORD 4  /* not open for reading */
#define F_NOWR 8  /* not open for writing */
#define F_EOF 16  /* end of file was met */
#define F_ERR 32  /* an error was met */
#define F_SVB 64  /* setvbuf() decided on the buffer */
#define F_APP 128 /* each write goes to the end */

struct _IO_FILE {
    /* What the stream holds, up to `prev`. */
    unsigned flags;
    int fd;                             /* -1: none */
    int mode;                           /* below 0: bytes, above 0: wide characters */
    int lbf;                            /* the character that flushes, or EOF */
    unsigned char *rpos, *rend;         /* read but not consumed; NULL unless reading */
    unsigned char *wbase, *wpos, *wend; /* written, flushed never; NULL unless writing */
    unsigned char *buf;
    size_t buf_size;
    /* Returns how much of the `size` bytes it could provide, some of what comes behind them left
     * in the buffer; 0 with F_EOF or F_ERR set. */
    size_t (*read)(FILE *f, unsigned char *data, size_t size);
    /* Writes what is buffered, then `data`; returns how much of the latter was written. After a
     * failure F_ERR is set and `wpos` NULL. */
    size_t (*write)(FILE *f, const unsigned char *data, size_t size);
    off_t (*seek)(FILE *f, off_t offset, int whence);
    int (*close)(FILE *f);
    void *cookie;
    void *owned; /* allocated; buffer and cookie lie in it */
    char *getln_buf;
    off_t off;
    unsigned char *shend;
    off_t shlim, shcnt;
    struct __locale_struct *locale;

    /* What the stream is. */
    FILE *prev, *next;
    lockword lock;  /* NO_LOCK: nobody else can know the stream */
    long lockcount; /* of flockfile() */
    FILE *prev_locked, *next_locked;
};

#define NO_LOCK ((cloudabi_lock_t)-1)
#define FFINALLOCK(f) ((f)->lock != NO_LOCK ? __lockfile(f) : 0)
#define FLOCK(f) int __need_unlock = FFINALLOCK(f)
#define FUNLOCK(f)                                                                                 \
    do {                                                                                           \
        if (__need_unlock)                                                                         \
            __unlockfile(f);                                                                       \
    } while (0)

/* Returns 0 if the calling thread held the lock already. */
hidden int __lockfile(FILE *f);
hidden void __unlockfile(FILE *f);
/* Between flockfile() and funlockfile() a stream is in a list of the thread. */
hidden void __enlist_locked_file(FILE *f);
hidden void __unlist_locked_file(FILE *f);

/* A stream of fopen()'s `mode` with a buffer, nothing behind it and `cookie_size` zeroed bytes at
 * `cookie`. In no list yet. NULL with EINVAL or ENOMEM. */
hidden FILE *__stream_new(const char *mode, size_t cookie_size);
hidden void __stream_free(FILE *f);

/* Bodies of read() and write() on top of a transfer to or from `cookie`. `get` returns 0 at the
 * end and -1 on failure; `put` transfers everything or fails, returning what it transferred. */
hidden size_t __stream_read(FILE *f, unsigned char *data, size_t size,
                            ssize_t (*get)(FILE *f, unsigned char *data, size_t size));
hidden size_t __stream_write(FILE *f, const unsigned char *data, size_t size,
                             size_t (*put)(FILE *f, const unsigned char *data, size_t size));

/* Position `offset` from `whence` where the object is at `pos` and has `len` bytes, or -1 with
 * EINVAL outside of 0 to `max`. */
hidden off_t __stream_position(off_t offset, int whence, size_t pos, size_t len, size_t max);

/* Gives stderr its first contents: no descriptor, and writes that go nowhere. */
hidden void __stderr_reset(void);

hidden size_t __stdio_read(FILE *f, unsigned char *data, size_t size);
hidden size_t __stdio_write(FILE *f, const unsigned char *data, size_t size);
hidden off_t __stdio_seek(FILE *f, off_t offset, int whence);
hidden int __stdio_close(FILE *f);

hidden int __toread(FILE *f);
hidden int __towrite(FILE *f);
hidden void __stdio_exit(void);
hidden void __stdio_exit_needed(void);
__attribute__((__visibility__("protected"))) int __overflow(FILE *f, int c);
__attribute__((__visibility__("protected"))) int __uflow(FILE *f);

hidden int __fseeko(FILE *f, off_t offset, int whence);
hidden int __fseeko_unlocked(FILE *f, off_t offset, int whence);
hidden off_t __ftello(FILE *f);
hidden off_t __ftello_unlocked(FILE *f);
hidden size_t __fwritex(const unsigned char *data, size_t size, FILE *f);

hidden FILE *__fdopen(int fd, const char *mode);
hidden int __fmodeflags(const char *mode);

/* The list of open streams, stderr always in it. */
hidden FILE *__ofl_add(FILE *f);
hidden FILE **__ofl_lock(void);
hidden void __ofl_unlock(void);

#define feof(f) ((f)->flags & F_EOF)
#define ferror(f) ((f)->flags & F_ERR)
#define getc_unlocked(f) ((f)->rpos != (f)->rend ? *(f)->rpos++ : __uflow(f))
#define putc_unlocked(c, f)                                                                        \
    ((unsigned char)(c) != (f)->lbf && (f)->wpos != (f)->wend                                      \
         ? (*(f)->wpos++ = (unsigned char)(c))                                                     \
         : __overflow((f), (unsigned char)(c)))

#endif
