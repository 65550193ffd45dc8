/* SPDX-License-Identifier: BSD-2-Clause */
/* <crypt.h>: hashes of passwords, as other systems store them. */
#ifndef _CRYPT_H
#define _CRYPT_H

#ifdef __cplusplus
extern "C" {
#endif

struct crypt_data {
    int initialized;
    char __result[256];
};

/* Hashes `key` as `setting` says, which is another hash or the beginning of one: `$2b$` for bcrypt,
 * `$6$` for SHA-512, `$5$`, `$1$` and the two letters of DES for old hashes. The answer lies in
 * `data` and begins with "*" where the setting is not understood; it is then equal to no setting.
 * Takes as long as the setting asks for. GNU. */
char *crypt_r(const char *key, const char *setting, struct crypt_data *data);

#ifdef __cplusplus
}
#endif

#endif
