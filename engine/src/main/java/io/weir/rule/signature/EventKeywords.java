package io.weir.rule.signature;

import io.weir.event.Anomaly;
import io.weir.protocol.Protocol;
import io.weir.protocol.ProtocolEvent;
import io.weir.protocol.anomaly.AppLayerAnomaly;
import io.weir.rule.model.Condition;
import io.weir.rule.model.Condition.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Odd things that decoders, streams and parsers report. */
final class EventKeywords {
    private EventKeywords() {
    }

    static void addTo(final KeywordTable table) {
        table.partly("decode-event", "What weir reports of frames; rules that ask another event are left out.",
            (draft, option) -> anomaly(draft, option, Anomaly.Kind.DECODE, "decoder."));
        table.partly("stream-event", "What weir reports of TCP streams; rules that ask another event are left out.",
            (draft, option) -> anomaly(draft, option, Anomaly.Kind.STREAM, "stream."));
        table.partly("app-layer-event", "What weir's parsers report; rules that ask another event are left out.",
            EventKeywords::application);
    }

    private static void anomaly(final Draft draft, final Option option, final Anomaly.Kind kind, final String before)
        throws RejectedException {
        final String name = before + option.need();
        for (final Anomaly anomaly : Anomaly.values()) {
            if (anomaly.kind() == kind && anomaly.eventName().equalsIgnoreCase(name)) {
                draft.conditions.add(new Event(kind == Anomaly.Kind.DECODE ? Event.Kind.DECODE : Event.Kind.STREAM,
                    anomaly.eventName()));
                return;
            }
        }
        throw RejectedException.unsupported("the event " + Option.shown(option.value()) + " is not reported");
    }

    private static void application(final Draft draft, final Option option) throws RejectedException {
        final String text = option.need();
        final int dot = text.indexOf('.');
        if (dot < 0) {
            ofNoProtocol(draft, text);
            return;
        }
        final List<Protocol> protocols = new ArrayList<>();
        final List<Condition> events = new ArrayList<>();
        final List<Protocol> named = TrafficWords.applications(text.substring(0, dot).toLowerCase(Locale.ROOT));
        for (final Protocol protocol : named) {
            for (final ProtocolEvent event : protocol.events()) {
                if (event.label().equalsIgnoreCase(text.substring(dot + 1))) {
                    protocols.add(protocol);
                    events.add(new Event(Event.Kind.APPLICATION, protocol.name() + "." + event.label()));
                }
            }
        }
        if (events.isEmpty()) {
            throw RejectedException.unsupported("the event " + Option.shown(text) + " is not reported");
        }
        draft.conditions.add(new Condition.Application(protocols, false));
        draft.conditions.add(events.size() == 1 ? events.get(0) : new Condition.Any(events));
    }

    /** What is reported of the recognition of protocols, not by one of them. */
    private static void ofNoProtocol(final Draft draft, final String text) throws RejectedException {
        for (final ProtocolEvent event : AppLayerAnomaly.PROTOCOL.events()) {
            if (event.label().equalsIgnoreCase(text)) {
                draft.conditions.add(
                    new Event(Event.Kind.APPLICATION, AppLayerAnomaly.PROTOCOL.name() + "." + event.label()));
                return;
            }
        }
        throw RejectedException.unsupported("the event " + Option.shown(text) + " is not reported");
    }
}
