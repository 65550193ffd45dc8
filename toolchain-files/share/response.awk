# SPDX-License-Identifier: BSD-2-Clause
# The words of response files, quoted for the shell. In them, quotes and backslashes mean what they
# mean to clang: a backslash protects any character, outside quotes and inside.

{ text = text $0 "\n" }

END {
    word = ""
    inside = 0
    length_of_text = length(text)
    for (i = 1; i <= length_of_text; i++) {
        c = substr(text, i, 1)
        if (c == "\\") {
            i++
            word = word substr(text, i, 1)
            inside = 1
        } else if (quote != "") {
            if (c == quote)
                quote = ""
            else
                word = word c
        } else if (c == "\"" || c == "'") {
            quote = c
            inside = 1
        } else if (c ~ /[ \t\r\n]/) {
            if (inside)
                finish()
        } else {
            word = word c
            inside = 1
        }
    }
    if (inside)
        finish()
}

function finish() {
    gsub(/'/, "'\\''", word)
    printf "'%s' ", word
    word = ""
    inside = 0
}
