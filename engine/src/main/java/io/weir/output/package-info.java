/** Where records and statistics go: EVE JSON, the summary file, the table on the console. */
package io.weir.output;
