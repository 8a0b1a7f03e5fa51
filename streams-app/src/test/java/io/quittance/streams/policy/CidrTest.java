package io.quittance.streams.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CidrTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.0.0.0/8, 9.255.255.255, false",
        "10.128.0.0/9, 10.127.255.255, false",
        "10.128.0.0/9, 10.128.0.0, true",
        "192.0.2.7/32, 192.0.2.7, true",
        "192.0.2.7/32, 192.0.2.6, false",
        "192.0.2.6/31, 192.0.2.7, true",
        "0.0.0.0/0, 255.255.255.255, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "::/0, 2001:db8::1, true",
        "::/0, 10.0.0.1, false",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::, false",
        "2001:db8::/33, 2001:db8:8000::, false",
        "::1/128, ::1, true",
        // IPv4 that comes dressed as IPv6 is IPv4
        "10.0.0.0/8, ::ffff:10.1.2.3, true",
        "10.0.0.0/8, ::ffff:0a01:0203, true",
        "::/0, ::ffff:10.1.2.3, false",
    })
    void aBlockContainsItsAddresses(String block, String address, boolean contains) {
        assertThat(Cidr.parse(block).contains(Cidr.address(address).orElseThrow()))
                .isEqualTo(contains);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.0 | is no block of addresses",
                "10.0.0.0/ | is no block of addresses",
                "10.0.0.0/08 | is no block of addresses",
                "10.0.0.0/-1 | is no block of addresses",
                "10.0.0/8 | is no block of addresses",
                "10.0.0.0/8/8 | is no block of addresses",
                "office/8 | is no block of addresses",
                "/8 | is no block of addresses",
                "fe80::%eth0/10 | is no block of addresses",
                "10.0.0.0/33 | has a prefix longer than 32 bits",
                "::/129 | has a prefix longer than 128 bits",
                "10.0.0.1/8 | is an address within a block",
                "2001:db8::1/32 | is an address within a block",
                "::ffff:10.0.0.0/104 | as IPv4",
            })
    void whatIsNoBlockIsRefused(String text, String why) {
        assertThatThrownBy(() -> Cidr.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @CsvSource({
        "example.com",
        "localhost",
        "10.0.0",
        "10.0.0.1:443",
        "[::1]",
        "010.0.0.1x",
        "'10.0.0.1 '",
        "fe80::1%eth0"
    })
    void whatIsNoAddressIsNone(String text) {
        assertThat(Cidr.address(text)).isEmpty();
    }
}
