// SPDX-License-Identifier: BSD-2-Clause
// C11's threads.

#include <stdatomic.h>
#include <threads.h>
#include <time.h>

#include "check.h"

static mtx_t mutex;
static cnd_t cond;
static int stage;
static tss_t key;
static atomic_int destroyed, runs;

static void destroy(void *value) {
    atomic_fetch_add(&destroyed, *(int *)value);
}

static void run(void) {
    atomic_fetch_add(&runs, 1);
}

static int take_part(void *argument) {
    static once_flag once = ONCE_FLAG_INIT;
    call_once(&once, run);
    if (tss_set(key, argument) != thrd_success || tss_get(key) != argument)
        return -1;
    mtx_lock(&mutex);
    ++stage;
    cnd_broadcast(&cond);
    while (stage < 3)
        cnd_wait(&cond, &mutex);
    mtx_unlock(&mutex);
    thrd_exit(-5);
}

static void together(struct check *t) {
    thrd_t threads[3];
    static int one = 1;
    CHECK_INT(t, mtx_init(&mutex, mtx_plain), thrd_success);
    CHECK_INT(t, cnd_init(&cond), thrd_success);
    CHECK_INT(t, tss_create(&key, destroy), thrd_success);
    for (int i = 0; i < 3; ++i)
        CHECK_REQUIRE(t, thrd_create(&threads[i], take_part, &one) == thrd_success);
    for (int i = 0; i < 3; ++i) {
        int result = 0;
        CHECK_INT(t, thrd_join(threads[i], &result), thrd_success);
        CHECK_INT(t, result, -5);
    }
    CHECK_INT(t, runs, 1);
    CHECK_INT(t, destroyed, 3);
    CHECK(t, tss_get(key) == NULL);
    tss_delete(key);
    cnd_destroy(&cond);
    mtx_destroy(&mutex);
}

static int try_lock(void *object) {
    int result = mtx_trylock(object);
    if (result == thrd_success)
        mtx_unlock(object);
    return result;
}

static void mutexes(struct check *t) {
    mtx_t own;
    thrd_t thread;
    int result = -1;
    CHECK_INT(t, mtx_init(&own, mtx_timed | mtx_recursive), thrd_success);
    CHECK_INT(t, mtx_lock(&own), thrd_success);
    CHECK_INT(t, mtx_trylock(&own), thrd_success);
    CHECK_INT(t, mtx_unlock(&own), thrd_success);
    CHECK_REQUIRE(t, thrd_create(&thread, try_lock, &own) == thrd_success);
    CHECK_INT(t, thrd_join(thread, &result), thrd_success);
    CHECK_INT(t, result, thrd_busy);

    struct timespec until;
    CHECK_INT(t, timespec_get(&until, TIME_UTC), TIME_UTC);
    cnd_t nobody;
    CHECK_INT(t, cnd_init(&nobody), thrd_success);
    CHECK_INT(t, cnd_timedwait(&nobody, &own, &until), thrd_timedout);
    CHECK_INT(t, cnd_signal(&nobody), thrd_success);
    CHECK_INT(t, mtx_unlock(&own), thrd_success);
    CHECK_INT(t, mtx_timedlock(&own, &until), thrd_success);
    CHECK_INT(t, mtx_unlock(&own), thrd_success);
}

static int set(void *flag) {
    *(atomic_int *)flag = 1;
    return 0;
}

static void alone(struct check *t) {
    static atomic_int flag;
    thrd_t thread;
    CHECK(t, thrd_equal(thrd_current(), thrd_current()));
    CHECK(t, (thrd_equal)(thrd_current(), thrd_current()));
    CHECK_INT(t, thrd_sleep(&(struct timespec){.tv_nsec = 1000}, NULL), 0);
    CHECK(t, thrd_sleep(&(struct timespec){.tv_nsec = -1}, NULL) < -1);
    CHECK_REQUIRE(t, thrd_create(&thread, set, &flag) == thrd_success);
    CHECK_INT(t, thrd_detach(thread), thrd_success);
    while (!flag)
        thrd_yield();
}

#define TESTS(X)                                                                                   \
    X(together)                                                                                    \
    X(mutexes)                                                                                     \
    X(alone)
CHECK_MAIN(TESTS)
