#!/usr/bin/env bash
# Makes the same sounds with many compilers, flags, CPUs, systems, orders and thread counts, and compares
# their hashes with expected.txt. Ends with 3 when any differs.
#   run.sh [--bless] [--only PATTERN]
# --bless rewrites expected.txt; --only makes no builds but those whose names are like that, such as
# 'wasm*' or windows.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

only="*"
blesses=false
while (($#)); do
    case "$1" in
        --bless) blesses=true ;;
        --only)
            only="${2:?--only needs the name of a build, or a pattern}"
            shift
            ;;
        *)
            echo "$0: unknown word \"$1\"; see --bless and --only" >&2
            exit 2
            ;;
    esac
    shift
done

out=build/determinism
expected=tests/determinism/expected.txt
mkdir -p "$out"

# Everything that a sample depends on; what writes JSON or needs a library has no part in that.
mapfile -t sources < <(grep -L -E '#include <nlohmann/|\bJsonWriter\b' \
    src/base/*.cpp src/dsp/*.cpp src/param/*.cpp src/instruments/*.cpp \
    src/render/*.cpp src/measure/*.cpp src/explore/*.cpp src/match/*.cpp)
sources+=(src/archive/sha256.cpp src/kit/{general_midi,kit_plan,layer_sounds,levels}.cpp
    tests/determinism/hashes.cpp)
mapfile -t kernels < <(printf '%s\n' src/dsp/kernels/*.cpp)

common="-std=c++20 -ffp-contract=off -fno-math-errno -fno-trapping-math -DFMT_HEADER_ONLY -Iinclude -Isrc"
cat >"$out/build.ninja" <<NINJA
builddir = $out
rule compile
  command = \$cxx $common \$flags -MMD -MF \$out.d -c \$in -o \$out
  depfile = \$out.d
  deps = gcc
rule link
  command = \$cxx \$flags \$in -o \$out
NINJA

# compile_one BUILD CXX OBJECT SOURCE FLAGS: adds a compile step, and the object to `objects`.
compile_one() {
    local object="$out/$1/$3.o"
    printf 'build %s: compile %s\n  cxx = %s\n  flags = %s\n' "$object" "$4" "$2" "$5" >>"$out/build.ninja"
    objects+=("$object")
}

# add_build NAME CXX FLAGS [KERNEL_FLAGS]: a program $out/NAME/hashes$ending. With KERNEL_FLAGS the kernels
# are compiled for each ISA and chosen at run time, otherwise once, with the flags of the rest.
ending=""
add_build() {
    local name="$1" cxx="$2" flags="$3" source isa march objects=()
    # shellcheck disable=SC2053  # a pattern
    [[ "$name" == $only ]] || return 0
    local rest="$flags"
    if (($# > 3)); then
        rest+=" -DDRUMGEN_HAS_X86_KERNELS"
    fi
    for source in "${sources[@]}"; do
        compile_one "$name" "$cxx" "$source" "$source" "$rest"
    done
    for source in "${kernels[@]}"; do
        if (($# > 3)); then
            for isa in portable v2 v3 v4; do
                march="-march=x86-64-$isa"
                compile_one "$name" "$cxx" "$source.$isa" "$source" \
                    "$4 ${march/-portable/} -DDRUMGEN_ISA=$isa"
            done
        else
            compile_one "$name" "$cxx" "$source.portable" "$source" "$flags -DDRUMGEN_ISA=portable"
        fi
    done
    printf 'build %s: link %s\n  cxx = %s\n  flags = %s\n' \
        "$out/$name/hashes$ending" "${objects[*]}" "$cxx" "$flags ${link_flags:--pthread}" >>"$out/build.ninja"
}

for cxx in g++ clang++; do
    add_build "$cxx-shipped" "$cxx" "-O2" "-O3"
    add_build "$cxx-O0" "$cxx" "-O0" "-O0"
    add_build "$cxx-O2" "$cxx" "-O2"
    add_build "$cxx-O3-native" "$cxx" "-O3 -march=native"
    for level in v2 v3 v4; do
        add_build "$cxx-O3-$level" "$cxx" "-O3 -march=x86-64-$level"
    done
done
# Where what is undefined, or a race, ends the program.
add_build g++-sanitized g++ "-O1 -fsanitize=address,undefined -fno-sanitize-recover=all" "-O1"
add_build clang++-sanitized clang++ "-O1 -fsanitize=address,undefined -fno-sanitize-recover=all" "-O1"
add_build g++-races g++ "-O1 -fsanitize=thread" "-O1"

# Other systems and CPUs, whose compilers must not see the rest of this one's headers.
headers="$out/headers"
mkdir -p "$headers"
ln -sfn /usr/include/fmt "$headers/fmt"
ln -sfn /usr/include/utf8 "$headers/utf8"
ln -sfn /usr/include/utf8.h "$headers/utf8.h"
for cpu in aarch64 riscv64 s390x i686; do
    # The x87 registers of an i686 have bits of their own.
    flags=""
    [[ "$cpu" != i686 ]] || flags="-msse2 -mfpmath=sse"
    add_build "$cpu" "$cpu-linux-gnu-g++" "-O2 -static $flags -isystem $headers"
done
add_build armhf arm-linux-gnueabihf-g++ "-O2 -static -Wno-psabi -isystem $headers"
# Where node is not Debian's, it has to be told where Debian's modules are.
export NODE_PATH="${NODE_PATH:-/usr/share/nodejs}"
ending=.js
for simd in "" -msimd128; do
    link_flags=-sALLOW_MEMORY_GROWTH=1 add_build "wasm$simd" em++ "-O3 $simd -fexceptions -isystem $headers"
done
ending=.exe
add_build windows x86_64-w64-mingw32-g++-posix "-O2 -static -isystem $headers"
ninja --quiet -f "$out/build.ninja"

if [[ "$blesses" == true ]]; then
    "$out/g++-shipped/hashes" >"$expected"
    echo "wrote $expected"
fi

# Whether this CPU runs code for an ISA; /proc/cpuinfo lists what it has.
cpu_has() {
    case "$1" in
        v3) grep -q '^flags.* avx2 ' /proc/cpuinfo && grep -q '^flags.* fma ' /proc/cpuinfo ;;
        v4) cpu_has v3 && grep -q '^flags.* avx512vl' /proc/cpuinfo ;;
        *) true ;;
    esac
}

# Each run's verdict ends up in a file of its own, so that as many as there are CPUs go at a time.
verdicts="$out/verdicts"
rm -rf "$verdicts"
mkdir "$verdicts"
runs=0

# compare_one FILE BUILD WHAT NEEDS COMMAND...: one row of the table, when it is done.
compare_one() {
    local file="$1" build="$2" what="$3" needs="$4" got verdict lines
    shift 4
    if ! cpu_has "$needs"; then
        verdict="skipped, this CPU is below x86-64-$needs"
    elif ! got="$("$@" | LC_ALL=C sort)"; then
        verdict="FAILED"
    elif [[ "$got" == "$(LC_ALL=C sort "$expected")" ]]; then
        verdict="same"
    else
        lines="$(diff <(printf '%s\n' "$got") <(LC_ALL=C sort "$expected") | grep -c '^>' || true)"
        verdict="DIFFERS in $lines of $(wc -l <"$expected")"
    fi
    printf '%s\n' "$verdict" >"$file"
    printf '%-18s %-30s %s\n' "$build" "$what" "$verdict"
}

# compare BUILD WHAT NEEDS COMMAND...: begins a run as soon as a CPU is free.
compare() {
    # shellcheck disable=SC2053  # a pattern
    [[ "$1" == $only ]] || return 0
    runs=$((runs + 1))
    while (($(jobs -rp | wc -l) >= $(nproc))); do
        wait -n || true
    done
    compare_one "$verdicts/$runs" "$@" &
}

# How many runs have a verdict that begins so.
count() { cat "$verdicts"/* | grep -c "^$1" || true; }

# A program for Windows; its lines end as those of Linux.
on_windows() {
    WINEPREFIX="$PWD/$out/wine" WINEDEBUG=-all wine "$@" | tr -d '\r'
}

printf '%-18s %-30s %s\n' build run hashes
for cxx in g++ clang++; do
    shipped="$out/$cxx-shipped/hashes"
    compare "$cxx-shipped" "alone" any "$shipped"
    compare "$cxx-shipped" "batch, reversed" any "$shipped" --reverse
    compare "$cxx-shipped" "1 thread" any "$shipped" --threads 1
    compare "$cxx-shipped" "2 threads" any "$shipped" --threads 2
    compare "$cxx-shipped" "2 threads, reversed" any "$shipped" --threads 2 --reverse
    for isa in portable v2 v3 v4; do
        compare "$cxx-shipped" "DRUMGEN_ISA=$isa" "$isa" env DRUMGEN_ISA="$isa" "$shipped"
    done
    compare "$cxx-shipped" "CPU without SSE4 (qemu)" any qemu-x86_64 -cpu qemu64 "$shipped"
    compare "$cxx-shipped" "CPU without AVX, FMA (qemu)" any qemu-x86_64 -cpu Nehalem "$shipped"
    compare "$cxx-shipped" "CPU with AVX2, no FMA (qemu)" any qemu-x86_64 -cpu max,-fma "$shipped"
    compare "$cxx-shipped" "CPU with AVX2, FMA (qemu)" any qemu-x86_64 -cpu max "$shipped"
    compare "$cxx-O0" "" any "$out/$cxx-O0/hashes"
    compare "$cxx-O2" "" any "$out/$cxx-O2/hashes"
    compare "$cxx-O3-native" "" any "$out/$cxx-O3-native/hashes"
    compare "$cxx-O3-native" "C library without AVX, FMA" any \
        env GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX512F,-AVX2,-AVX,-FMA,-FMA4 "$out/$cxx-O3-native/hashes"
    for level in v2 v3 v4; do
        compare "$cxx-O3-$level" "" "$level" "$out/$cxx-O3-$level/hashes"
    done
done
for cxx in g++ clang++; do
    compare "$cxx-sanitized" "address, undefined" any "$out/$cxx-sanitized/hashes"
done
compare g++-races "4 threads" any "$out/g++-races/hashes" --threads 4
for isa in portable v2 v3; do  # it knows no AVX-512
    compare g++-shipped "valgrind, DRUMGEN_ISA=$isa" "$isa" env DRUMGEN_ISA="$isa" \
        valgrind --quiet --error-exitcode=1 "$out/g++-shipped/hashes"
done
compare aarch64 "qemu" any qemu-aarch64 "$out/aarch64/hashes"
compare riscv64 "qemu" any qemu-riscv64 "$out/riscv64/hashes"
compare armhf "32 bits, qemu" any qemu-arm "$out/armhf/hashes"
compare i686 "32 bits, SSE2" any "$out/i686/hashes"
compare s390x "big-endian, qemu" any qemu-s390x "$out/s390x/hashes"
for simd in "" -msimd128; do
    # The glue of this emscripten takes files for addresses where node has fetch().
    compare "wasm$simd" "node" any node --no-experimental-fetch "$out/wasm$simd/hashes.js"
done
compare windows "wine" any on_windows "$out/windows/hashes.exe"

wait
if ((runs == 0)); then
    echo "no build is like \"$only\""
    exit 2
fi
same="$(count same)"
skipped="$(count skipped)"
different="$((runs - same - skipped))"
if ((different)); then
    echo "DIFFERENT: $different of $((runs - skipped)) runs do not give the hashes of $expected"
    exit 3
fi
echo "SAME: $same runs gave the hashes of $expected; $skipped skipped"
