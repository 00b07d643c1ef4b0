/** Applications: what people call the traffic, by names and addresses out of a data file. */
package io.weir.protocol.application;
