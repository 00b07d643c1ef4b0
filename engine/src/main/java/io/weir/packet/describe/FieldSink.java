package io.weir.packet.describe;

/** Takes the layers and fields of a described frame, in order. Names are lower case with underscores. */
interface FieldSink {
    /** Begins a layer; fields that follow are its own. */
    void beginLayer(String type);

    /** Ends the layer. */
    void endLayer();

    /** A number people read as decimal. */
    void number(String name, long value);

    /** A number people read as hexadecimal. */
    void hex(String name, long value, int digits);

    /** A truth value. */
    void truth(String name, boolean value);

    /** Text; control characters are the sink's concern. */
    void text(String name, String value);

    /** Begins a list of records. */
    void beginList(String name);

    /** Begins a record of the list. */
    void beginItem();

    /** Ends the record. */
    void endItem();

    /** Ends the list. */
    void endList();
}
