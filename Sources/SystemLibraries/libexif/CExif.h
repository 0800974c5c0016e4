// libexif, which reads the entries of EXIF blocks.
#include <libexif/exif-data.h>
