package io.quittance.executor.export;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The Content-MD5 header, which every S3 server checks what it received by. A checksum of transport, not a secret. */
public final class ContentMd5 {
    private ContentMd5() {}

    /** Of a whole array. */
    public static String of(byte[] bytes) {
        return of(bytes, bytes.length);
    }

    /** Of the first bytes of an array. */
    static String of(byte[] bytes, int count) {
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            md5.update(bytes, 0, count);
            return Base64.getEncoder().encodeToString(md5.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Content-MD5 needs a Java runtime with MD5", e);
        }
    }
}
