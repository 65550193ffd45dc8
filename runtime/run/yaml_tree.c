// SPDX-License-Identifier: BSD-2-Clause
// Turns libyaml's events into a tree.
#include "yaml_tree.h"

#include <stdint.h>
#include <string.h>
#include <yaml.h>

struct reader {
    const struct yaml_source *source;
    struct arena *arena;
    struct failure *failure;
    yaml_parser_t parser;
};

static int fail_at(struct reader *reader, const yaml_mark_t *mark, const char *text) {
    return failure_set(reader->failure, "%s:%zu:%zu: %s", reader->source->name, mark->line + 1,
                       mark->column + 1, text);
}

// The reader below the scanner knows only a byte offset.
static yaml_mark_t mark_of_offset(const struct yaml_source *source, size_t offset) {
    yaml_mark_t mark = {0};
    for (size_t i = 0; i < offset && i < source->length; i++) {
        if (source->bytes[i] == '\n') {
            mark.line++;
            mark.column = 0;
        } else if (((unsigned char)source->bytes[i] & 0xc0) != 0x80) {
            mark.column++;
        }
    }
    return mark;
}

static int syntax_failure(struct reader *reader) {
    const yaml_parser_t *parser = &reader->parser;
    yaml_mark_t mark = parser->problem_mark;
    if (parser->error == YAML_MEMORY_ERROR)
        return failure_set(reader->failure, "out of memory");
    if (parser->error == YAML_READER_ERROR)
        mark = mark_of_offset(reader->source, parser->problem_offset);
    const char *problem = parser->problem != NULL ? parser->problem : "unknown error";
    const char *encoding = parser->error == YAML_READER_ERROR ? ", expected UTF-8 text" : "";
    if (parser->context == NULL)
        return failure_set(reader->failure, "%s:%zu:%zu: not valid YAML: %s%s",
                           reader->source->name, mark.line + 1, mark.column + 1, problem, encoding);
    return failure_set(reader->failure, "%s:%zu:%zu: not valid YAML: %s %s%s", reader->source->name,
                       mark.line + 1, mark.column + 1, parser->context, problem, encoding);
}

static int next_event(struct reader *reader, yaml_event_t *event) {
    return yaml_parser_parse(&reader->parser, event) ? 0 : syntax_failure(reader);
}

static struct yaml_node *new_node(struct reader *reader, enum yaml_kind kind,
                                  const yaml_mark_t *mark, const yaml_char_t *tag) {
    struct yaml_node *node = arena_alloc(reader->arena, sizeof *node);
    node->kind = kind;
    node->line = mark->line + 1;
    node->column = mark->column + 1;
    if (tag != NULL)
        node->tag = arena_copy(reader->arena, tag, strlen((const char *)tag));
    return node;
}

static int read_node(struct reader *reader, const yaml_event_t *event, unsigned depth,
                     struct yaml_node **result);

static int read_items(struct reader *reader, yaml_event_type_t end, unsigned depth,
                      struct yaml_node *node) {
    size_t capacity = 0;
    for (;;) {
        yaml_event_t event;
        if (next_event(reader, &event) != 0)
            return -1;
        if (event.type == end) {
            yaml_event_delete(&event);
            return 0;
        }
        if (node->count == capacity) {
            size_t grown = capacity == 0 ? 8 : capacity * 2;
            struct yaml_node **items =
                arena_alloc(reader->arena, grown * sizeof(struct yaml_node *));
            if (capacity > 0)
                memcpy(items, node->items, capacity * sizeof(struct yaml_node *));
            node->items = items;
            capacity = grown;
        }
        int result = read_node(reader, &event, depth, &node->items[node->count]);
        yaml_event_delete(&event);
        if (result != 0)
            return -1;
        node->count++;
    }
}

static int read_node(struct reader *reader, const yaml_event_t *event, unsigned depth,
                     struct yaml_node **result) {
    const yaml_mark_t *mark = &event->start_mark;
    const yaml_char_t *anchor = NULL;
    struct yaml_node *node = NULL;
    switch (event->type) {
    case YAML_ALIAS_EVENT:
        return fail_at(reader, mark, "aliases are not supported: write the value out");
    case YAML_SCALAR_EVENT:
        anchor = event->data.scalar.anchor;
        node = new_node(reader, YAML_SCALAR, mark, event->data.scalar.tag);
        node->plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
        node->length = event->data.scalar.length;
        node->text = arena_copy(reader->arena, event->data.scalar.value, node->length);
        break;
    case YAML_SEQUENCE_START_EVENT:
        anchor = event->data.sequence_start.anchor;
        node = new_node(reader, YAML_SEQUENCE, mark, event->data.sequence_start.tag);
        break;
    case YAML_MAPPING_START_EVENT:
        anchor = event->data.mapping_start.anchor;
        node = new_node(reader, YAML_MAPPING, mark, event->data.mapping_start.tag);
        break;
    default:
        return fail_at(reader, mark, "expected a value");
    }
    *result = node;
    if (anchor != NULL)
        return fail_at(reader, mark, "anchors are not supported: write the value without '&'");
    if (node->kind == YAML_SCALAR)
        return 0;
    if (depth == YAML_NESTING_MAX)
        return failure_set(reader->failure,
                           "%s:%lu:%lu: nested too deeply: expected at most %d maps and sequences "
                           "inside each other",
                           reader->source->name, node->line, node->column, YAML_NESTING_MAX);
    return read_items(
        reader, node->kind == YAML_SEQUENCE ? YAML_SEQUENCE_END_EVENT : YAML_MAPPING_END_EVENT,
        depth + 1, node);
}

static int read_stream(struct reader *reader, struct yaml_node **root) {
    bool seen = false;
    for (;;) {
        yaml_event_t event;
        if (next_event(reader, &event) != 0)
            return -1;
        int result = 0;
        bool end = event.type == YAML_STREAM_END_EVENT;
        if (event.type == YAML_DOCUMENT_START_EVENT && seen)
            result = fail_at(reader, &event.start_mark,
                             "a second document starts here: expected the end of the text");
        else if (event.type == YAML_DOCUMENT_START_EVENT)
            seen = true;
        else if (event.type != YAML_STREAM_START_EVENT && event.type != YAML_DOCUMENT_END_EVENT &&
                 !end)
            result = read_node(reader, &event, 0, root);
        yaml_event_delete(&event);
        if (result != 0 || end)
            return result;
    }
}

int yaml_read(const struct yaml_source *source, struct arena *arena, struct yaml_node **root,
              struct failure *failure) {
    *root = NULL;
    if (source->length > YAML_SIZE_MAX)
        return failure_set(failure, "%s:1:1: too large: expected at most %u bytes", source->name,
                           YAML_SIZE_MAX);
    struct reader reader = {.source = source, .arena = arena, .failure = failure};
    if (!yaml_parser_initialize(&reader.parser))
        return failure_set(failure, "out of memory");
    // Without this, a byte order mark could make it UTF-16.
    yaml_parser_set_encoding(&reader.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&reader.parser, (const unsigned char *)source->bytes,
                                 source->length);
    int result = read_stream(&reader, root);
    yaml_parser_delete(&reader.parser);
    return result;
}
