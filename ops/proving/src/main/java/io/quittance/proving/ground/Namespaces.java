package io.quittance.proving.ground;

import io.quittance.harness.Site;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A network namespace for each part, on one bridge; this JVM is on the bridge as well. Only in an enclosure. */
final class Namespaces implements Network {
    private static final String BRIDGE = "ground";
    private static final String PREFIX = "10.77.0.";
    private static final int PREFIX_LENGTH = 24;
    private static final int FIRST_PART = 20;
    private static final int FIRST_HERE = 2;

    private static final Pattern RULE =
            Pattern.compile("-A (INPUT -s|OUTPUT -d) (?<address>[0-9.]+)/32 -c (?<packets>[0-9]+) [0-9]+ -j DROP");

    private final Optional<String> refusal;
    private final Map<String, Site> sites = new HashMap<>();
    private final Map<String, String> here = new HashMap<>();

    Namespaces() {
        // Names of namespaces are files there, and the machine's own are not to see ours.
        Commands.run("mount", "-t", "tmpfs", "tmpfs", "/run");
        Commands.Result filters = Commands.tryRun(List.of("iptables", "-w", "-S"));
        refusal = filters.status() == 0
                ? Optional.empty()
                : Optional.of(filters.firstLine().orElse("iptables does not work"));
        Commands.run("ip", "link", "set", "lo", "up");
        Commands.run("ip", "link", "add", BRIDGE, "type", "bridge");
        Commands.run("ip", "addr", "add", PREFIX + "1/" + PREFIX_LENGTH, "dev", BRIDGE);
        Commands.run("ip", "link", "set", BRIDGE, "up");
    }

    @Override
    public synchronized Site site(String part) {
        return sites.computeIfAbsent(part, this::make);
    }

    @Override
    public synchronized String addressHere(String part) {
        return here.computeIfAbsent(part, name -> {
            String address = PREFIX + (FIRST_HERE + here.size());
            Commands.run("ip", "addr", "add", address + "/" + PREFIX_LENGTH, "dev", BRIDGE);
            return address;
        });
    }

    @Override
    public int port(String part, int usual) {
        return usual;
    }

    @Override
    public Optional<String> refusal() {
        return refusal;
    }

    @Override
    public void cut(String part, String other) {
        filter("-I", part, other);
    }

    @Override
    public long mend(String part, String other) {
        Side side = side(part, other);
        long dropped = dropped(within(side.namespace(), "iptables", "-w", "-v", "-S"), side.away());
        filter("-D", part, other);
        return dropped;
    }

    /** On one side it is enough: that one neither hears nor is heard. */
    private void filter(String operation, String part, String other) {
        Side side = side(part, other);
        within(side.namespace(), "iptables", "-w", operation, "INPUT", "-s", side.away(), "-j", "DROP");
        within(side.namespace(), "iptables", "-w", operation, "OUTPUT", "-d", side.away(), "-j", "DROP");
    }

    /** Where the two are cut off from each other, and the address of the one that is away from there. */
    private record Side(String namespace, String away) {}

    private synchronized Side side(String part, String other) {
        boolean isHere = here.containsKey(part);
        return isHere ? new Side(other, addressOf(part)) : new Side(part, addressOf(other));
    }

    /**
     * How many packets from or to the address were dropped, by both rules.
     *
     * @param rules as {@code iptables -v -S} prints them: {@code -A INPUT -s 10.77.0.21/32 -c 5 300 -j DROP}, say
     */
    static long dropped(String rules, String address) {
        return rules.lines()
                .map(RULE::matcher)
                .filter(Matcher::matches)
                .filter(rule -> rule.group("address").equals(address))
                .mapToLong(rule -> Long.parseLong(rule.group("packets")))
                .sum();
    }

    /** A part that this JVM stands in for is reached here. */
    private synchronized String addressOf(String part) {
        return here.containsKey(part) ? here.get(part) : site(part).host();
    }

    private Site make(String part) {
        int number = FIRST_PART + sites.size();
        String address = PREFIX + number;
        String outside = "ground" + number;
        Commands.run("ip", "netns", "add", part);
        Commands.run("ip", "link", "add", outside, "type", "veth", "peer", "name", "eth0", "netns", part);
        Commands.run("ip", "link", "set", outside, "master", BRIDGE, "up");
        within(part, "ip", "addr", "add", address + "/" + PREFIX_LENGTH, "dev", "eth0");
        within(part, "ip", "link", "set", "eth0", "up");
        within(part, "ip", "link", "set", "lo", "up");
        return new Site(address, List.of("nsenter", "--net=/run/netns/" + part));
    }

    private static String within(String namespace, String... command) {
        var all = new String[command.length + 4];
        all[0] = "ip";
        all[1] = "netns";
        all[2] = "exec";
        all[3] = namespace;
        System.arraycopy(command, 0, all, 4, command.length);
        return Commands.run(all);
    }
}
