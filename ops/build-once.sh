# For the start scripts beside it, which source it at the root of the repository.

# build_once MODULE SOURCE…: builds once per state of the sources; a second start is at once. Leaves in $classpath what
# the module runs with. What else it needs is in $needed, a list of paths.
needed=()
build_once() {
  local target=$1/target
  if ! is_built "$@"; then
    echo "building (the first time this fetches dependencies) …" >&2
    # Dated at the start, so that what is saved meanwhile is newer; there only once the build has succeeded.
    rm -f "$target/built"
    mkdir -p "$target"
    touch "$target/building"
    mvn -B -q -ntp -Dstyle.color=never -pl "$1" -am -DskipTests -Dspotless.check.skip package >&2
    mv "$target/building" "$target/built"
  fi
  classpath=$target/classes:$(<"$target/classpath.dependencies")
}

is_built() {
  local target=$1/target entries entry
  shift
  [[ -f $target/built && -f $target/classpath.dependencies ]] || return
  # `mvn clean` in another module takes away what this one runs with.
  IFS=: read -ra entries <<<"$target/classes:$(<"$target/classpath.dependencies")"
  for entry in "${entries[@]}" "${needed[@]}"; do
    [[ -e $entry ]] || return
  done
  # A folder of sources is newer once something in it is gone. Other folders are made newer by the build itself.
  [[ -z $(find "$@" -path '*/target' -prune -o -newer "$target/built" \
    \( -type f -o -type d \( -path '*/src' -o -path '*/src/*' \) \) -print -quit) ]]
}
