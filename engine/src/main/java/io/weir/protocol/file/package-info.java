/** Files that protocols transfer: their content as a field for rules, and a record for each. */
package io.weir.protocol.file;
