# Sourced by ./mvnw and ./ruvector. Sets and exports JAVA_HOME to a JDK of at least version 25, or ends the script with exit 2.
# The first of these that fits: JAVA_HOME, the java on the PATH, then the usual install folders. Plain POSIX shell.

# The feature version ("25") of the JDK in folder $1, read from its `release` file; empty if that is no JDK.
# Reading the file costs a millisecond where asking `java -version` costs a JVM start.
jdk_feature() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\{0,1\}\([0-9][0-9]*\).*/\1/p' "$1/release" | head -n 1
}

jdk_fits() {
  jdk_version=$(jdk_feature "$1")
  [ -n "$jdk_version" ] && [ "$jdk_version" -ge 25 ]
}

find_jdk() {
  if [ -n "${JAVA_HOME:-}" ] && jdk_fits "$JAVA_HOME"; then
    return 0
  fi
  jdk_on_path=$(command -v java || true)
  if [ -n "$jdk_on_path" ]; then
    jdk_on_path=$(readlink -f "$jdk_on_path" 2>/dev/null || printf '%s' "$jdk_on_path")
    jdk_on_path=${jdk_on_path%/bin/java}
    if jdk_fits "$jdk_on_path"; then
      JAVA_HOME=$jdk_on_path
      return 0
    fi
  fi
  for jdk_folder in /usr/lib/jvm/* /opt/* "${HOME:-/nonexistent}"/.sdkman/candidates/java/* "${HOME:-/nonexistent}"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if jdk_fits "$jdk_folder"; then
      JAVA_HOME=$jdk_folder
      return 0
    fi
  done
  return 1
}

if ! find_jdk; then
  echo "No JDK 25 or newer was found: install one (Debian: apt-get install openjdk-25-jdk-headless; anywhere: Eclipse Temurin 25) or set JAVA_HOME to one." >&2
  exit 2
fi
export JAVA_HOME
