/* SPDX-License-Identifier: BSD-2-Clause */
/* What the ABI's filestat carries. Owners, permissions and device numbers are not visible: st_mode
 * holds the file's type and no permission bit. */
struct stat {
    dev_t st_dev;
    ino_t st_ino;
    nlink_t st_nlink;
    mode_t st_mode;
    off_t st_size;
    struct timespec st_atim;
    struct timespec st_mtim;
    struct timespec st_ctim;
};
