package io.quittance.streams.policy;

import com.google.common.net.InetAddresses;
import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Optional;

/**
 * A block of addresses (RFC 4632, RFC 4291). An IPv4 address that comes dressed as IPv6 ({@code ::ffff:10.0.0.1}) is
 * the IPv4 address. No name is ever looked up.
 */
record Cidr(InetAddress network, int prefix) {

    /** @throws IllegalArgumentException if it is no block; the message says why, for people */
    static Cidr parse(String text) {
        int slash = text.indexOf('/');
        Optional<InetAddress> network = slash < 0 ? Optional.empty() : address(text.substring(0, slash));
        String prefix = text.substring(slash + 1);
        if (network.isEmpty() || !prefix.matches("0|[1-9]\\d{0,2}")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no block of addresses; write one as 10.0.0.0/8 or 2001:db8::/32");
        }
        if (isDressedAsIpv6(text)) {
            throw new IllegalArgumentException("Write the IPv4 block '" + text + "' as IPv4, such as 10.0.0.0/8");
        }
        return of(text, network.get(), Integer.parseInt(prefix));
    }

    private static Cidr of(String text, InetAddress network, int prefix) {
        int bits = network.getAddress().length * Byte.SIZE;
        if (prefix > bits) {
            throw new IllegalArgumentException("'" + text + "' has a prefix longer than " + bits + " bits");
        }
        BigInteger hostBits = BigInteger.ONE.shiftLeft(bits - prefix).subtract(BigInteger.ONE);
        if (number(network).and(hostBits).signum() != 0) {
            throw new IllegalArgumentException("'" + text + "' is an address within a block; write the block's first"
                    + " address, or /" + bits + " for this one alone");
        }
        return new Cidr(network, prefix);
    }

    /** The address that a text is; empty if it is none, or belongs to one machine's interface only. */
    static Optional<InetAddress> address(String text) {
        return text.indexOf('%') < 0 && InetAddresses.isInetAddress(text)
                ? Optional.of(InetAddresses.forString(text))
                : Optional.empty();
    }

    boolean contains(InetAddress address) {
        byte[] mine = network.getAddress();
        byte[] other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        for (int at = 0, left = prefix; left > 0; at++, left -= Byte.SIZE) {
            int unused = Math.max(0, Byte.SIZE - left);
            if (((mine[at] ^ other[at]) & 0xff) >> unused != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDressedAsIpv6(String text) {
        return text.indexOf(':') >= 0
                && InetAddresses.forString(text.substring(0, text.indexOf('/'))).getAddress().length == 4;
    }

    private static BigInteger number(InetAddress address) {
        return new BigInteger(1, address.getAddress());
    }
}
