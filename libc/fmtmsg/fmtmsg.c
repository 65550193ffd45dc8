// SPDX-License-Identifier: BSD-2-Clause
// Messages in POSIX's form, on stderr. There is no console, and no MSGVERB to shorten them.

#include <fmtmsg.h>
#include <stdbool.h>
#include <stdio.h>

static const char *const severities[] = {
    [MM_HALT] = "HALT", [MM_ERROR] = "ERROR", [MM_WARNING] = "WARNING", [MM_INFO] = "INFO"};

static bool put(const char *before, const char *text) {
    return text == NULL || (fputs(before, stderr) >= 0 && fputs(text, stderr) >= 0);
}

static bool print(const char *label, const char *severity, const char *text, const char *action,
                  const char *tag) {
    flockfile(stderr);
    const char *colon = "";
    bool good = put("", label);
    if (label != NULL)
        colon = ": ";
    good = put(colon, severity) && good;
    if (severity != NULL)
        colon = ": ";
    good = put(colon, text) && good;
    good = put("\nTO FIX: ", action) && good;
    good = put(action != NULL ? " " : "\n", tag) && good;
    good = fputc('\n', stderr) != EOF && good;
    funlockfile(stderr);
    return good;
}

int fmtmsg(long classification, const char *label, int severity, const char *text,
           const char *action, const char *tag) {
    int result = MM_OK;
    size_t known = sizeof(severities) / sizeof(severities[0]);
    const char *word = severity > 0 && (size_t)severity < known ? severities[severity] : NULL;
    if ((classification & MM_CONSOLE) != 0)
        result |= MM_NOCON;
    if ((classification & MM_PRINT) != 0 && !print(label, word, text, action, tag))
        result |= MM_NOMSG;
    return result == (MM_NOCON | MM_NOMSG) ? MM_NOTOK : result;
}
