/** IP fragments and TCP streams, put together as the receiving host would. */
package io.weir.reassembly;
