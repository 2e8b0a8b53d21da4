package io.streamforge.camel.mattermost;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** All that JMX shows as text. */
final class JmxValues {
  private JmxValues() {}

  static List<String> of(String pattern) throws JMException {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    List<String> values = new ArrayList<>();
    for (ObjectName name : beans.queryNames(new ObjectName(pattern), null)) {
      values.add(name.toString());
      for (MBeanAttributeInfo attribute : beans.getMBeanInfo(name).getAttributes()) {
        if (attribute.getType().equals("java.lang.String")) {
          values.add(String.valueOf(beans.getAttribute(name, attribute.getName())));
        }
      }
    }
    return values;
  }
}
