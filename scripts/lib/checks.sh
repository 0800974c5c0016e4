# Sourced by the other scripts: checks that the machine has what building streetnum needs, and installs what is missing.
# shellcheck shell=bash

# Exit codes from sysexits.h.
# shellcheck disable=SC2034 # used by the scripts that source this file
readonly EXIT_USAGE=64 EXIT_NO_INPUT=66 EXIT_UNAVAILABLE=69 EXIT_NO_PERMISSION=77
readonly SWIFT_NEEDED=6.2
readonly PACKAGES=(libarchive-dev libpng-dev libjpeg-dev libfreetype-dev libexif-dev libexpat1-dev libsqlite3-dev
  zlib1g-dev pkg-config)
readonly LIBRARIES=(libarchive libpng libjpeg freetype2 libexif expat sqlite3 zlib)

say() { printf '%s: %s\n' "$(basename "$0")" "$*" >&2; }

die() {
  local code=$1
  shift
  say "$*"
  exit "$code"
}

# The command that gives apt-get its privileges: empty for root, "sudo" if it exists.
privilege() {
  if [ "$(id -u)" -eq 0 ]; then
    echo
  elif command -v sudo >/dev/null; then
    echo sudo
  else
    return 1
  fi
}

is_installed() {
  [ "$(dpkg-query -W -f '${Status}' "$1" 2>/dev/null)" = 'install ok installed' ]
}

# The packages, of those named, that are not installed, one per line.
missing_packages() {
  local package
  for package; do
    is_installed "$package" || echo "$package"
  done
}

# Runs apt-get as root or through sudo, without questions; its output goes to standard error.
apt_get() {
  local sudo
  sudo=$(privilege) || return
  # shellcheck disable=SC2086 # an empty $sudo must expand to nothing
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get -q "$@" >&2
}

# Installs the packages named.
apt_install() {
  privilege >/dev/null || die "$EXIT_UNAVAILABLE" "these packages are missing: $*. They can't be installed without root" \
    "or sudo; have an administrator run: apt-get install $*"
  say "installs the packages that are missing: $*"
  apt_get update || say "apt-get update failed, see above; continues with the existing package lists"
  apt_get install -y --no-install-recommends "$@" ||
    die "$EXIT_UNAVAILABLE" "apt-get could not install $*; see its messages above"
}

# Swift with its clang: #embed and the warning settings of Package.swift need version 6.2.
need_swift() {
  local version
  command -v swift >/dev/null || die "$EXIT_UNAVAILABLE" "there is no swift on the PATH: install Swift" \
    "$SWIFT_NEEDED or later from https://www.swift.org/install/ and try again"
  version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9][0-9]*\(\.[0-9][0-9]*\)*\).*/\1/p' | head -n 1)
  [ -n "$version" ] || die "$EXIT_UNAVAILABLE" "'swift --version' names no version: is $(command -v swift) a" \
    "working Swift toolchain? https://www.swift.org/install/ has one"
  [ "$(printf '%s\n' "$SWIFT_NEEDED" "$version" | sort -V | head -n 1)" = "$SWIFT_NEEDED" ] ||
    die "$EXIT_UNAVAILABLE" "Swift $version is too old: install $SWIFT_NEEDED or later from" \
      "https://www.swift.org/install/"
}

# The C libraries: from Debian's packages if available, otherwise whatever pkg-config finds.
need_libraries() {
  local missing library absent=()
  if command -v apt-get >/dev/null && command -v dpkg-query >/dev/null; then
    missing=$(missing_packages "${PACKAGES[@]}")
    # shellcheck disable=SC2086 # one word for each package
    [ -z "$missing" ] || apt_install $missing
    return
  fi
  command -v pkg-config >/dev/null || die "$EXIT_UNAVAILABLE" "there is neither apt-get nor pkg-config: install" \
    "pkg-config and the development files of ${LIBRARIES[*]}"
  for library in "${LIBRARIES[@]}"; do
    pkg-config --exists "$library" || absent+=("$library")
  done
  [ ${#absent[@]} -eq 0 ] || die "$EXIT_UNAVAILABLE" "pkg-config does not find ${absent[*]}, and there is no" \
    "apt-get: install the development files of ${absent[*]}"
}

# Python 3 with its standard modules.
need_python() {
  command -v python3 >/dev/null && return
  command -v apt-get >/dev/null || die "$EXIT_UNAVAILABLE" "there is no python3 on the PATH: install Python 3"
  apt_install python3
}

# Installs the Python packages of FOLDER/requirements.txt in FOLDER/.venv, again if the requirements change. The mark is
# written last, so that an incomplete installation is not taken for a complete one.
need_environment() {
  local folder=$1 mark="$1/.venv/installed.txt"
  command -v python3 >/dev/null || die "$EXIT_UNAVAILABLE" "there is no python3: install Python 3.11 or later"
  python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    die "$EXIT_UNAVAILABLE" "$(python3 --version) is too old: install Python 3.11 or later"
  cmp -s "$folder/requirements.txt" "$mark" && return
  say "installs the Python packages of requirements.txt in $folder/.venv"
  python3 -m venv "$folder/.venv" || die "$EXIT_UNAVAILABLE" "python3 can't make a virtual environment;" \
    "on Debian and Ubuntu: apt-get install python3-venv"
  "$folder/.venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$folder/requirements.txt" ||
    die "$EXIT_UNAVAILABLE" "pip could not install all of $folder/requirements.txt; see its messages above"
  cp "$folder/requirements.txt" "$mark"
}
