#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Random numbers fit for cryptography, without a seed. They do not fail: a system without a source
 * of randomness ends the program. OpenBSD; the ABI's random_get. */

/* All 2^32 values are equally likely. */
uint32_t arc4random(void);

/* A number below `bound`, all of them equally likely; 0 where there is no choice. */
uint32_t arc4random_uniform(uint32_t bound);

/* Fills `buffer`. */
void arc4random_buf(void *buffer, size_t len);

#ifdef __cplusplus
}
#endif
