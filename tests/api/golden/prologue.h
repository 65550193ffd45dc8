#ifdef _CLOUDABI_HIDE_REMOVED
#pragma push_macro("open")
#undef open
#define open(...) __cloudabi_removed_open(__VA_ARGS__)
#pragma push_macro("creat64")
#undef creat64
#define creat64(...) __cloudabi_removed_creat64(__VA_ARGS__)
#pragma push_macro("stat")
#undef stat
#define stat(...) __cloudabi_removed_stat(__VA_ARGS__)
#ifndef _CLOUDABI_COMPAT
#pragma push_macro("optarg")
#undef optarg
#define optarg __cloudabi_removed_optarg
#endif
#endif
