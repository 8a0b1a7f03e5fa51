package io.quittance.quickstart.shop;

import io.quittance.quickstart.shop.PeopleGenerator.Person;
import io.quittance.quickstart.shop.SalesGenerator.Sale;
import io.quittance.quickstart.shop.Shop.SupportTicket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Makes a shop. The same arguments give the same shop, to the letter. */
public final class ShopGenerator {
    private ShopGenerator() {}

    /**
     * Makes a shop with some history.
     *
     * @param seed decides everything that looks like chance
     * @param now the day of the youngest event; truncated to the second by the caller if that matters
     * @param customers how many; other tables follow from it, about twenty rows for each
     */
    public static Shop generate(long seed, Instant now, int customers) {
        var dice = new Dice(seed);
        var people = new PeopleGenerator(dice, now);
        var sales = new SalesGenerator(dice, now);
        var support = new SupportGenerator(dice, now);

        var everyone = new ArrayList<Person>();
        var everySale = new ArrayList<Sale>();
        var everyTicket = new ArrayList<SupportTicket>();
        for (int number = 1; number <= customers; number++) {
            Person person = people.person(number);
            List<Sale> bought = sales.sales(person);
            everyone.add(person);
            everySale.addAll(bought);
            everyTicket.addAll(support.tickets(person.customer(), bought));
        }
        return new Shop(
                everyone.stream().map(Person::customer).toList(),
                everyone.stream().flatMap(person -> person.addresses().stream()).toList(),
                sales.products(),
                everySale.stream().map(Sale::order).toList(),
                everySale.stream().flatMap(sale -> sale.lines().stream()).toList(),
                everySale.stream()
                        .flatMap(sale -> Stream.ofNullable(sale.payment()))
                        .toList(),
                everySale.stream()
                        .flatMap(sale -> Stream.ofNullable(sale.invoice()))
                        .toList(),
                everyTicket,
                everyone.stream().flatMap(person -> person.consents().stream()).toList());
    }
}
