package io.weir.protocol.application;

/**
 * What people call some traffic: a service or product.
 *
 * @param number   in its table, from 1
 * @param name     in records, lower case
 * @param title    for people
 * @param category kind of service
 */
public record Application(int number, String name, String title, String category) {
}
