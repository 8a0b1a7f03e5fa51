package io.quittance.executor.export;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The body of an answer that is as long as its header says, or fails. Java's own HTTP client takes a connection that is
 * cut off for the end of the body, in some releases (JDK-8335135): half an object would pass for a whole one.
 */
final class WholeBody extends FilterInputStream {
    private long missing;

    WholeBody(InputStream body, long length) {
        super(body);
        this.missing = length;
    }

    @Override
    public int read() throws IOException {
        int oneByte = super.read();
        if (oneByte < 0) {
            ensureNothingMissing();
        } else {
            missing--;
        }
        return oneByte;
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
        int read = super.read(bytes, offset, count);
        if (read < 0) {
            ensureNothingMissing();
        } else {
            missing -= read;
        }
        return read;
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = super.skip(count);
        missing -= skipped;
        return skipped;
    }

    /** What is read twice would be counted twice. */
    @Override
    public boolean markSupported() {
        return false;
    }

    private void ensureNothingMissing() throws IOException {
        if (missing != 0) {
            throw new EOFException("the answer was cut off");
        }
    }
}
