/**
 * What is changed in the source of mediasoup-worker before it is built, and how it is built. Every file of this folder
 * goes into the key of the cached binary, so an edit here means a rebuild for everyone.
 */

/**
 * Replacements in the copied source. Each text must occur exactly once, or the build stops: a new mediasoup version
 * needs a new look at it.
 *
 * @type {ReadonlyArray<{ file: string, find: string, replace: string }>}
 */
export const patches = [
  {
    // Debian 12 has meson 1.0.1, which serves.
    file: 'meson.build',
    find: "meson_version: '>= 1.1.0'",
    replace: "meson_version: '>= 1.0.1'",
  },
  {
    // BIO_CB_RETURN is a flag beside the operation's number. Compared as a whole, the callback answers 1 to every
    // control, and an OpenSSL with kernel TLS (Debian's) takes that for "kernel TLS is on", allocates no write buffer
    // and crashes at the first ServerHello.
    file: 'src/RTC/DtlsTransport.cpp',
    find: '(operationType == BIO_CB_RETURN)',
    replace: '(operationType & BIO_CB_RETURN)',
  },
];

/** Arguments of `meson setup`: as mediasoup's own release build has them. */
export const mesonOptions = ['--buildtype=release', '-Db_ndebug=true', '--wrap-mode=nodownload'];
