package io.weir.rule;

import io.weir.protocol.Field;
import io.weir.protocol.Protocol;
import io.weir.protocol.catalogue.Protocols;
import io.weir.rule.model.AcrossFlows;
import io.weir.rule.model.Action;
import io.weir.rule.model.AddressSet;
import io.weir.rule.model.Buffer;
import io.weir.rule.model.Condition;
import io.weir.rule.model.Effect;
import io.weir.rule.model.Endpoint;
import io.weir.rule.model.Header;
import io.weir.rule.model.Metadata;
import io.weir.rule.model.Origin;
import io.weir.rule.model.PortSet;
import io.weir.rule.model.Rule;
import io.weir.rule.model.RuleId;
import io.weir.rule.model.Step;
import io.weir.rule.model.Traffic;
import io.weir.rule.model.Transform;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A rule in the making: {@code rule(1).tcp().toPort(80).payload(content("abc").step()).build()}. */
public final class TestRule {
    private final long sid;
    private Action action = Action.ALERT;
    private String word = "ip";
    private Set<Integer> transports = Set.of();
    private Traffic.Payload where = Traffic.Payload.STREAM_OR_PACKET;
    private final List<Protocol> applications = new ArrayList<>();
    private PortSet sourcePorts = PortSet.ANY;
    private PortSet destinationPorts = PortSet.ANY;
    private AddressSet sources = AddressSet.ANY;
    private boolean bothWays;
    private final List<Condition> conditions = new ArrayList<>();
    private final List<Effect> effects = new ArrayList<>();
    private final List<AcrossFlows> across = new ArrayList<>();
    private Rule.Scope scope = Rule.Scope.EACH;
    private int severity = 3;

    private TestRule(final long sid) {
        this.sid = sid;
    }

    public static TestRule rule(final long sid) {
        return new TestRule(sid);
    }

    /** The field with this name. */
    public static Field field(final String name) {
        return Protocols.fields().stream().filter(field -> field.name().equals(name)).findFirst().orElseThrow();
    }

    /** The protocol with this name. */
    public static Protocol protocol(final String name) {
        return Protocols.all().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    }

    /** Payload that answers steps. */
    public static Condition.BufferCondition payloadOf(final Step... steps) {
        return new Condition.BufferCondition(Buffer.PAYLOAD, List.of(), List.of(steps));
    }

    /** A field that answers steps. */
    public static Condition.BufferCondition fieldOf(final String name, final Buffer.Side side, final Step... steps) {
        return new Condition.BufferCondition(Buffer.of(field(name), side), List.of(), List.of(steps));
    }

    public TestRule action(final Action value) {
        action = value;
        return this;
    }

    public TestRule tcp() {
        word = "tcp";
        transports = Set.of(6);
        return this;
    }

    public TestRule tcpPacket() {
        where = Traffic.Payload.PACKET;
        return tcp();
    }

    public TestRule udp() {
        word = "udp";
        transports = Set.of(17);
        return this;
    }

    public TestRule icmp() {
        word = "icmp";
        transports = Set.of(1);
        return this;
    }

    public TestRule application(final String name) {
        word = name;
        applications.add(protocol(name));
        return this;
    }

    public TestRule toPort(final int... ports) {
        destinationPorts = ports(ports);
        return this;
    }

    public TestRule fromPort(final int... ports) {
        sourcePorts = ports(ports);
        return this;
    }

    private static PortSet ports(final int... ports) {
        final BitSet set = new BitSet();
        for (final int port : ports) {
            set.set(port);
        }
        return PortSet.of(set);
    }

    public TestRule from(final AddressSet addresses) {
        sources = addresses;
        return this;
    }

    public TestRule bothWays() {
        bothWays = true;
        return this;
    }

    public TestRule where(final Condition... more) {
        conditions.addAll(List.of(more));
        return this;
    }

    public TestRule payload(final Step... steps) {
        return where(payloadOf(steps));
    }

    public TestRule request(final String field, final Step... steps) {
        return where(fieldOf(field, Buffer.Side.TO_SERVER, steps));
    }

    public TestRule response(final String field, final Step... steps) {
        return where(fieldOf(field, Buffer.Side.TO_CLIENT, steps));
    }

    public TestRule transformed(final String field, final Buffer.Side side, final Transform.Kind kind,
        final Step... steps) {
        return where(new Condition.BufferCondition(Buffer.of(field(field), side),
            List.of(new Transform(kind, null)), List.of(steps)));
    }

    public TestRule toServer() {
        return flow(null, Condition.Direction.TO_SERVER);
    }

    public TestRule toClient() {
        return flow(null, Condition.Direction.TO_CLIENT);
    }

    public TestRule flow(final Boolean established, final Condition.Direction direction) {
        return where(new Condition.FlowState(established, direction, false, null, null));
    }

    public TestRule ifSet(final String... bits) {
        return where(new Condition.FlowBit(Set.of(bits), false));
    }

    public TestRule set(final String... bits) {
        return effect(new Effect.FlowBits(Set.of(bits), Effect.Change.SET));
    }

    public TestRule effect(final Effect effect) {
        effects.add(effect);
        return this;
    }

    public TestRule across(final AcrossFlows condition) {
        across.add(condition);
        return this;
    }

    public TestRule oncePerFlow() {
        scope = Rule.Scope.FLOW;
        return this;
    }

    public TestRule severity(final int value) {
        severity = value;
        return this;
    }

    /** The rule. */
    public Rule build() {
        final Traffic traffic = new Traffic(word, 0, transports, where, applications);
        final Header header = new Header(traffic, new Endpoint(sources, sourcePorts),
            new Endpoint(AddressSet.ANY, destinationPorts), bothWays);
        return new Rule(new RuleId(1, sid, 1), action, header, new Condition.All(conditions), effects, across, scope,
            new Metadata("rule " + sid, "", "", severity, List.of(), Map.of()),
            new Origin("test.rules", (int) sid, 1, "rule " + sid));
    }
}
