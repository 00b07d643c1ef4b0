/** IP fragments, put together as the receiving host would. */
package io.weir.reassembly.fragment;
