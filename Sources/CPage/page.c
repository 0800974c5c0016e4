// #embed as in CModel, because a resource bundle would be lost when the binary is moved.
#include "CPage.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const uint8_t browse_js[] = {
#embed "files/browse.js"
};
static const uint8_t icon_svg[] = {
#embed "files/icon.svg"
};
static const uint8_t openapi_json[] = {
#embed "files/openapi.json"
};
static const uint8_t outbox_js[] = {
#embed "files/outbox.js"
};
static const uint8_t page_css[] = {
#embed "files/page.css"
};
static const uint8_t picture_js[] = {
#embed "files/picture.js"
};
static const uint8_t review_js[] = {
#embed "files/review.js"
};
static const uint8_t shortcuts_js[] = {
#embed "files/shortcuts.js"
};
static const uint8_t viewer_js[] = {
#embed "files/viewer.js"
};

static const streetnum_page_file files[] = {
    {"browse.js", browse_js, sizeof browse_js},
    {"icon.svg", icon_svg, sizeof icon_svg},
    {"openapi.json", openapi_json, sizeof openapi_json},
    {"outbox.js", outbox_js, sizeof outbox_js},
    {"page.css", page_css, sizeof page_css},
    {"picture.js", picture_js, sizeof picture_js},
    {"review.js", review_js, sizeof review_js},
    {"shortcuts.js", shortcuts_js, sizeof shortcuts_js},
    {"viewer.js", viewer_js, sizeof viewer_js},
};

size_t streetnum_page_file_count(void) { return sizeof files / sizeof *files; }
streetnum_page_file streetnum_page_file_at(size_t index) { return files[index]; }
