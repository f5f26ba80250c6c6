# Sourced by ./run and ./test: installs what third_party/packages.txt lists and is missing, and configures a build.
# Needs root or sudo only when something is missing. Says what it does, and does nothing twice.

diaban_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

diaban_install_packages() {
    local package missing=()
    while read -r package; do
        [[ -z $package || $package == \#* ]] && continue
        dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
    done <"$diaban_root/third_party/packages.txt"
    ((${#missing[@]} == 0)) && return 0

    local as_root=()
    if ((EUID != 0)); then
        command -v sudo >/dev/null || {
            echo "diaban: these packages are missing and there is no sudo to install them: ${missing[*]}" >&2
            return 4
        }
        as_root=(sudo)
    fi
    echo "diaban: installing ${#missing[@]} packages: ${missing[*]}" >&2
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# diaban_build FOLDER TARGET [cmake option…]: configures FOLDER if it is not, and builds TARGET.
diaban_build() {
    local folder=$1 target=$2 log
    shift 2
    mkdir -p "$folder"
    if [[ ! -f $folder/build.ninja ]]; then
        cmake -S "$diaban_root" -B "$folder" -G Ninja "$@" >"$folder/configure.log" 2>&1 || {
            cat "$folder/configure.log" >&2
            return 4
        }
    fi
    log=$folder/build.log
    if [[ -t 2 ]]; then
        cmake --build "$folder" --target "$target" >&2
    else
        cmake --build "$folder" --target "$target" >"$log" 2>&1 || {
            tail -n 60 "$log" >&2
            return 4
        }
    fi
}
