#include "CJPEG.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <jpeglib.h>
#include <jerror.h>

struct cjpeg_decoder {
  struct jpeg_decompress_struct jpeg;
  struct jpeg_error_mgr errors;
  struct jpeg_source_mgr source;
  struct jpeg_progress_mgr progress;
  jmp_buf landing;
  int32_t max_scans;
  double end;  // in seconds on the monotonic clock
  bool positioned;
  bool started;
  cjpeg_status status;
  char message[JMSG_LENGTH_MAX];
};

static _Noreturn void stop(cjpeg_decoder *decoder, cjpeg_status status) {
  decoder->status = status;
  longjmp(decoder->landing, 1);
}

static cjpeg_status status_of_error(int code) {
  switch (code) {
  case JERR_OUT_OF_MEMORY:
    return CJPEG_OUT_OF_MEMORY;
  case JERR_ARITH_NOTIMPL:
  case JERR_BAD_J_COLORSPACE:
  case JERR_BAD_MCU_SIZE:  // more blocks than the standard allows, as Adobe's PostScript filter writes them
  case JERR_BAD_PRECISION:
  case JERR_CCIR601_NOTIMPL:
  case JERR_COMPONENT_COUNT:
  case JERR_CONVERSION_NOTIMPL:
  case JERR_FRACT_SAMPLE_NOTIMPL:
  case JERR_IMAGE_TOO_BIG:
  case JERR_NOT_COMPILED:
  case JERR_SOF_UNSUPPORTED:
  case JERR_WIDTH_OVERFLOW:
    return CJPEG_UNSUPPORTED;
  default:
    return CJPEG_DAMAGED;
  }
}

static void fail(j_common_ptr jpeg) {
  cjpeg_decoder *decoder = jpeg->client_data;
  jpeg->err->format_message(jpeg, decoder->message);
  stop(decoder, status_of_error(jpeg->err->msg_code));
}

// libjpeg continues after a warning and fills lost pixels with grey, so this decides which warnings mean lost pixels.
// All but these do, such as bad Huffman codes, data that end early (JWRN_HUFF_BAD_CODE, JWRN_HIT_MARKER), lost restart
// markers (JWRN_MUST_RESYNC), and refining scans without a first scan (JWRN_BOGUS_PROGRESSION).
static bool is_harmless(const struct jpeg_error_mgr *errors) {
  switch (errors->msg_code) {
  case JWRN_ADOBE_XFORM:     // an unknown colour transform; the default is used
  case JWRN_JFIF_MAJOR:      // a newer version number
  case JWRN_NOT_SEQUENTIAL:  // scan parameters that a sequential decoder ignores
    return true;
  case JWRN_EXTRANEOUS_DATA: {
    // Extraneous bytes, which cameras write between segments and before EOI. Before a restart marker (D0 to D7) they
    // are the rest of a segment that was decoded wrongly.
    int marker = errors->msg_parm.i[1];
    return marker < JPEG_RST0 || marker > JPEG_RST0 + 7;
  }
  default:
    return false;
  }
}

static void judge(j_common_ptr jpeg, int level) {
  // Levels from 0 are trace messages.
  if (level >= 0 || is_harmless(jpeg->err)) return;
  cjpeg_decoder *decoder = jpeg->client_data;
  jpeg->err->format_message(jpeg, decoder->message);
  stop(decoder, CJPEG_DAMAGED);
}

static void print_nothing(j_common_ptr jpeg) { (void)jpeg; }

static void do_nothing(j_decompress_ptr jpeg) { (void)jpeg; }

static boolean end_of_input(j_decompress_ptr jpeg) { stop(jpeg->client_data, CJPEG_TRUNCATED); }

static void skip(j_decompress_ptr jpeg, long count) {
  if (count <= 0) return;
  if ((size_t)count > jpeg->src->bytes_in_buffer) stop(jpeg->client_data, CJPEG_TRUNCATED);
  jpeg->src->next_input_byte += count;
  jpeg->src->bytes_in_buffer -= (size_t)count;
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

// libjpeg calls this for each row of blocks of each scan.
static void watch(j_common_ptr jpeg) {
  cjpeg_decoder *decoder = jpeg->client_data;
  if (now() > decoder->end) stop(decoder, CJPEG_TIMED_OUT);
  if (decoder->jpeg.input_scan_number > decoder->max_scans) stop(decoder, CJPEG_TOO_MANY_SCANS);
}

static void set_input(cjpeg_decoder *decoder, const uint8_t *bytes, size_t count) {
  if (!decoder->positioned) {
    decoder->positioned = true;
    decoder->source.bytes_in_buffer = count;
  }
  decoder->source.next_input_byte = bytes + (count - decoder->source.bytes_in_buffer);
}

static bool create(cjpeg_decoder *decoder) {
  struct jpeg_decompress_struct *jpeg = &decoder->jpeg;
  jpeg->err = jpeg_std_error(&decoder->errors);
  jpeg->client_data = decoder;
  decoder->errors.error_exit = fail;
  decoder->errors.emit_message = judge;
  decoder->errors.output_message = print_nothing;
  if (setjmp(decoder->landing) != 0) return false;
  jpeg_create_decompress(jpeg);
  decoder->source.init_source = do_nothing;
  decoder->source.fill_input_buffer = end_of_input;
  decoder->source.skip_input_data = skip;
  decoder->source.resync_to_restart = jpeg_resync_to_restart;
  decoder->source.term_source = do_nothing;
  jpeg->src = &decoder->source;
  decoder->progress.progress_monitor = watch;
  jpeg->progress = &decoder->progress;
  return true;
}

cjpeg_decoder *cjpeg_open(int32_t max_scans, double seconds) {
  cjpeg_decoder *decoder = calloc(1, sizeof *decoder);
  if (!decoder) return NULL;
  decoder->max_scans = max_scans;
  decoder->end = now() + seconds;
  if (!create(decoder)) {
    cjpeg_close(decoder);
    return NULL;
  }
  return decoder;
}

// Settings that give the same pixels on every machine: the accurate integer transform, and no block smoothing, whose
// rules differ between versions of the library. Fancy upsampling is the default.
static void choose_output(struct jpeg_decompress_struct *jpeg, cjpeg_header *header) {
  if (jpeg->data_precision != 8) ERREXIT1(jpeg, JERR_BAD_PRECISION, jpeg->data_precision);
  jpeg->dct_method = JDCT_ISLOW;
  jpeg->do_block_smoothing = FALSE;
  switch (jpeg->jpeg_color_space) {
  case JCS_GRAYSCALE:
  case JCS_RGB:
  case JCS_YCbCr:
    jpeg->out_color_space = JCS_RGB;
    header->channels = 3;
    break;
  case JCS_CMYK:
  case JCS_YCCK:
    jpeg->out_color_space = JCS_CMYK;
    header->channels = 4;
    break;
  default:
    ERREXIT(jpeg, JERR_BAD_J_COLORSPACE);
  }
}

cjpeg_status cjpeg_read_header(
  cjpeg_decoder *decoder, const uint8_t *bytes, size_t count, cjpeg_header *header) {
  struct jpeg_decompress_struct *jpeg = &decoder->jpeg;
  memset(header, 0, sizeof *header);
  if (decoder->status != CJPEG_OK) return decoder->status;
  set_input(decoder, bytes, count);
  if (setjmp(decoder->landing) == 0) {
    jpeg_read_header(jpeg, TRUE);
    choose_output(jpeg, header);
    header->adobe = jpeg->saw_Adobe_marker;
    header->buffered = jpeg_has_multiple_scans(jpeg);
  }
  header->width = jpeg->image_width;
  header->height = jpeg->image_height;
  return decoder->status;
}

// A component without any scan would be decoded as grey, and libjpeg does not report it. It stores the quantisation
// table of each component when its first scan begins.
static void require_all_components(cjpeg_decoder *decoder) {
  for (int i = 0; i < decoder->jpeg.num_components; i++) {
    if (decoder->jpeg.comp_info[i].quant_table) continue;
    snprintf(decoder->message, sizeof decoder->message, "colour component %d has no scan", i);
    stop(decoder, CJPEG_DAMAGED);
  }
}

static void start(cjpeg_decoder *decoder) {
  if (decoder->started) return;
  decoder->started = true;
  jpeg_start_decompress(&decoder->jpeg);
  require_all_components(decoder);
}

cjpeg_status cjpeg_read_row(cjpeg_decoder *decoder, const uint8_t *bytes, size_t count, uint8_t *row) {
  if (decoder->status != CJPEG_OK) return decoder->status;
  set_input(decoder, bytes, count);
  if (setjmp(decoder->landing) == 0) {
    start(decoder);
    jpeg_read_scanlines(&decoder->jpeg, &row, 1);
  }
  return decoder->status;
}

cjpeg_status cjpeg_skip_rows(
  cjpeg_decoder *decoder, const uint8_t *bytes, size_t count, uint32_t rows, uint8_t *row) {
  if (decoder->status != CJPEG_OK) return decoder->status;
  set_input(decoder, bytes, count);
  if (setjmp(decoder->landing) == 0) {
    start(decoder);
#ifdef LIBJPEG_TURBO_VERSION
    (void)row;
    jpeg_skip_scanlines(&decoder->jpeg, rows);
#else
    for (uint32_t i = 0; i < rows; i++) jpeg_read_scanlines(&decoder->jpeg, &row, 1);
#endif
  }
  return decoder->status;
}

cjpeg_status cjpeg_finish(cjpeg_decoder *decoder, const uint8_t *bytes, size_t count) {
  if (decoder->status != CJPEG_OK) return decoder->status;
  set_input(decoder, bytes, count);
  if (setjmp(decoder->landing) == 0) jpeg_finish_decompress(&decoder->jpeg);
  return decoder->status;
}

const char *cjpeg_message(const cjpeg_decoder *decoder) { return decoder->message; }

void cjpeg_close(cjpeg_decoder *decoder) {
  jpeg_destroy_decompress(&decoder->jpeg);
  free(decoder);
}

struct encoder {
  struct jpeg_compress_struct jpeg;
  struct jpeg_error_mgr errors;
  struct jpeg_destination_mgr target;
  jmp_buf landing;
};

static void give_up(j_common_ptr jpeg) {
  struct encoder *encoder = jpeg->client_data;
  longjmp(encoder->landing, 1);
}

static void start_output(j_compress_ptr jpeg) { (void)jpeg; }

// The output buffer is full.
static boolean end_of_output(j_compress_ptr jpeg) {
  give_up((j_common_ptr)jpeg);
  return FALSE;
}

size_t cjpeg_encode(
  uint32_t width, uint32_t height, const uint8_t *pixels, int32_t quality, uint8_t *bytes, size_t count) {
  struct encoder encoder;
  struct jpeg_compress_struct *jpeg = &encoder.jpeg;
  memset(&encoder, 0, sizeof encoder);
  jpeg->err = jpeg_std_error(&encoder.errors);
  jpeg->client_data = &encoder;
  encoder.errors.error_exit = give_up;
  encoder.errors.output_message = print_nothing;
  if (setjmp(encoder.landing) != 0) {
    jpeg_destroy_compress(jpeg);
    return 0;
  }
  jpeg_create_compress(jpeg);
  encoder.target.init_destination = start_output;
  encoder.target.empty_output_buffer = end_of_output;
  encoder.target.term_destination = start_output;
  encoder.target.next_output_byte = bytes;
  encoder.target.free_in_buffer = count;
  jpeg->dest = &encoder.target;
  jpeg->image_width = width;
  jpeg->image_height = height;
  jpeg->input_components = 3;
  jpeg->in_color_space = JCS_RGB;
  jpeg_set_defaults(jpeg);
  jpeg_set_quality(jpeg, quality, TRUE);
  jpeg_start_compress(jpeg, TRUE);
  while (jpeg->next_scanline < height) {
    // libjpeg's parameter is not const, though it does not change the rows.
    JSAMPROW row = (JSAMPROW)(pixels + (size_t)3 * width * jpeg->next_scanline);
    jpeg_write_scanlines(jpeg, &row, 1);
  }
  jpeg_finish_compress(jpeg);
  size_t written = count - encoder.target.free_in_buffer;
  jpeg_destroy_compress(jpeg);
  return written;
}

#define TEXT_OF(value) #value
#define TEXT(macro) TEXT_OF(macro)

const char *cjpeg_library_version(void) {
#ifdef LIBJPEG_TURBO_VERSION
  return "turbo " TEXT(LIBJPEG_TURBO_VERSION);
#else
  return TEXT(JPEG_LIB_VERSION);
#endif
}
