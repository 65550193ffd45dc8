# SPDX-License-Identifier: BSD-2-Clause
# Part of explain.sh. Reads clang's messages and those of the last further pass; `table` has a line
# for each refused name: key, status, sentence, declaration; for each absent header: <name>, absent,
# what it was for.
# The key of a structure is struct_NAME. `task` says what to print:
#   names       refusals of the names which clang missed and which are not refused yet; notes for
#               undefined symbols go to stderr. The exit status says whether there are any.
#   sentences   notes for missing headers, and what clang says of refused names in the last pass

FILENAME == "/dev/fd/8" {
    if (sub(/^\/\/ /, ""))
        asked[$0] = ++asked_count
    next
}

{
    line = $0
    gsub(/\033\[[0-9;]*[mK]/, "", line)
    coloured = coloured || line != $0
}

BEGIN {
    reset = "\033[0m"
    unknown = "undeclared|implicit|unknown type|no (type|member) named|incomplete|completed|visible"
}

task == "names" && line ~ /(error|warning): / {
    if (match(line, /error: undefined (hidden |protected )?symbol: /))
        miss(substr(line, RSTART + RLENGTH), "symbol")
    else if (line ~ /file not found/)
        miss("<" quoted(line) ">", "header")
    else if (line ~ unknown)
        miss_quoted(line)
}

task == "sentences" && FILENAME == "/dev/fd/5" {
    if (line ~ /error: '[^']*' file not found/) {
        header = "<" quoted(line) ">"
        miss(header, "header")
        place[header] = substr(line, 1, match(line, / (fatal )?error: /) - 1)
    } else if (line ~ /error: /)
        said[line] = 1
}

# In the further pass, a list of dependencies tells of the headers that it passed over.
task == "sentences" && FILENAME == "/dev/fd/6" {
    if (line ~ /^cloudabi:/ || in_list) {
        in_list = sub(/\\$/, "", line)
        sub(/^cloudabi:/, "", line)
        count = split(line, words, " ")
        for (i = 1; i <= count; i++)
            depend(words[i])
    } else
        diagnose(line)
}

END {
    while (order > 0 && (getline line < table) > 0) {
        split(line, field, "\t")
        if (!(field[1] in kind) || compat != "" && field[2] == "compat")
            continue
        message[field[1]] = field[3]
        declaration[field[1]] = field[4]
    }
    for (i = 1; i <= order; i++) {
        key = keys[i]
        if (!(key in message))
            continue
        if (task == "sentences")
            note(key in place ? place[key] : locate(key),
                key " does not exist here: it is for " message[key])
        else if (kind[key] != "symbol")
            refuse(key)
        else if (!asked_count)
            note(me, "'" key "' is unavailable: " message[key])
    }
    printf "%s", sentences (coloured ? reset : "") >"/dev/stderr"
    exit task == "names" && !refused
}

function miss(key, what) {
    if (key in kind || task == "names" && key in asked)
        return
    kind[key] = what
    keys[++order] = key
}

# refuse: the comment tells the next pass what was asked.
function refuse(key,    text) {
    refused = 1
    text = message[key]
    gsub(/[\\"]/, "\\\\&", text)
    split(declaration[key], parts, "@")
    print "// " key
    if (kind[key] == "name")
        print parts[1] text parts[2]
}

# quoted: the first text in quotation marks.
function quoted(text,    parts) {
    split(text, parts, "'")
    return parts[2]
}

# miss_quoted: whatever is quoted may be what clang missed.
function miss_quoted(text,    parts, count, i, name) {
    count = split(text, parts, "'")
    for (i = 2; i <= count; i += 2) {
        name = parts[i]
        gsub(/(const|volatile|restrict) /, "", name)
        if (!match(name, /^((struct|union|enum) )?[A-Za-z_][A-Za-z_0-9]*/))
            continue
        name = substr(name, 1, RLENGTH)
        if (!sub(/ /, "_", name) && text ~ /type/) {
            miss("struct_" name, "name")
            miss("union_" name, "name")
            miss("enum_" name, "name")
        }
        miss(name, "name")
    }
}

# depend: a file that the program includes, or a header that is not there.
function depend(name,    ignored) {
    if (index(name, sysroot "/") == 1)
        return
    if ((getline ignored < name) >= 0) {
        close(name)
        files[++file_count] = name
    } else if (name ~ /stdin/)
        files[++file_count] = name
    else
        miss("<" name ">", "header")
}

# locate: where the program includes a header. The preprocessor says so of the first one only.
function locate(header,    i, file, text, number, where) {
    for (i = 1; i <= file_count; i++) {
        number = 0
        file = files[i] ~ /stdin/ ? "/dev/fd/7" : files[i]
        where = ""
        while (where == "" && (getline text < file) > 0) {
            number++
            if (text ~ /^[ \t]*#[ \t]*include/ && match(text, /[<"][^>"]*[>"]/) &&
                "<" substr(text, RSTART + 1, RLENGTH - 2) ">" == header)
                where = files[i] ":" number ":" RSTART ":"
        }
        close(file)
        if (where != "")
            return where
    }
    return me ":"
}

function note(where, text) {
    sub(/:?$/, ":", where)
    if (coloured)
        printf "\033[1m%s %s\033[0;1;30mnote: %s%s\n", where, reset, reset, text >"/dev/stderr"
    else
        printf "%s note: %s\n", where, text >"/dev/stderr"
}

# diagnose: take a message with all that belongs to it, if it refuses a name and is a new one. clang
# leaves out what it has just said: how a file came to be included, and the line of the source.
function diagnose(text,    head) {
    if (text ~ /^In file included from /) {
        included = included $0 "\n"
        return
    }
    if (match(text, /: (fatal error|error|warning|remark): /)) {
        head = substr(text, 1, RSTART)
        file = head
        sub(/:[0-9]+:([0-9]+:)?$/, "", file)
        if (included != "")
            stack[file] = included
        taking = text ~ /: error: '[^']*' is unavailable: / && !(text in said)
        said[text] = 1
        if (taking) {
            sentences = sentences (coloured ? reset : "") (file != shown ? stack[file] : "")
            sentences = sentences $0 "\n" (head == last ? snippet : "")
            shown = file
        }
        if (head != last)
            snippet = ""
        last = head
        noted = 0
    } else if (text ~ /: note: /)
        noted = 1
    else if (text ~ /^[0-9]+ (error|warning)s?.* generated\.$/)
        noted = 1
    else if (!noted) {
        snippet = snippet $0 "\n"
        if (taking)
            sentences = sentences $0 "\n"
    }
    included = ""
}
