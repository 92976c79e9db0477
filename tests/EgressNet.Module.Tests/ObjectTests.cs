using System.Globalization;
using System.Management.Automation;
using System.Xml.Linq;

namespace EgressNet.Module.Tests;

public sealed class ObjectTests
{
    private const string Everything = """
        param($Ns, $Cni)
        Get-NetRoute -NetNamespace $Ns -RouteTable all
        Get-NetIPAddress -NetNamespace $Ns
        Get-NetAdapter -NetNamespace $Ns
        Get-NetNamespace $Ns
        $cni = ConvertFrom-CniResult $Cni
        $cni
        $cni.Routes
        """;

    private static readonly XElement s_format =
        XElement.Load(Path.Combine(Repository.StagedModule, "EgressNet.Format.ps1xml"));

    [Fact, Trait("Convention", "41")]
    public void Objects_come_back_from_a_job_with_every_column()
    {
        using Container container = new();
        using Hosted hosted = new();
        PSObject[] objects = All(hosted, container);
        Assert.All(objects, each =>
        {
            PSObject back = (PSObject)PSSerializer.Deserialize(PSSerializer.Serialize(each));
            string type = each.BaseObject.GetType().FullName!;
            Assert.Equal($"Deserialized.{type}", back.TypeNames[0]);
            Assert.Equal(each.ToString(), back.ToString());
            Assert.All(ColumnsOf(type), column => Assert.Equal(
                TextOf(each.Properties[column].Value), TextOf(back.Properties[column]?.Value)));
        });
    }

    [Fact, Trait("Convention", "30")]
    public void Every_column_has_a_value_to_show()
    {
        using Container container = new();
        using Hosted hosted = new();
        Assert.All(All(hosted, container), each => Assert.All(
            ColumnsOf(each.BaseObject.GetType().FullName!),
            column => Assert.NotNull(each.Properties[column])));
    }

    [Fact, Trait("Convention", "3")]
    public void What_comes_out_is_what_was_declared()
    {
        using Container container = new();
        using Hosted hosted = new();
        foreach (string command in (string[])["Get-NetRoute", "Get-NetIPAddress", "Get-NetAdapter"])
        {
            PSObject[] output = hosted.Run($"param($Ns) {command} -NetNamespace $Ns", new { Ns = container.Name }).Clean;
            string declared = hosted.Run($"(Get-Command {command}).OutputType.Name").Clean[0].ToString();
            Assert.NotEmpty(output);
            Assert.All(output, each => Assert.Equal(declared, each.BaseObject.GetType().FullName));
        }
    }

    [Theory, Trait("Convention", "42")]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("")]
    public void Texts_are_the_same_in_every_culture(string name)
    {
        using Container container = new();
        using Hosted hosted = new();
        string[] expected = Texts(hosted, container);
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureOf(name);
            Assert.Equal(expected, Texts(hosted, container));
            Assert.Equal("10.1.0.0/16", hosted.Run(
                "param($Ns) New-NetRoute 10.1.0.0/16 -InterfaceAlias v0 -Mtu 1300 -RouteTable MAIN -NetNamespace $Ns",
                new { Ns = container.Name }).Clean[0].ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = before;
        }
    }

    // The tests run without ICU data, so a culture that would differ is put together here where it is not to be had.
    private static CultureInfo CultureOf(string name)
    {
        try
        {
            CultureInfo known = CultureInfo.GetCultureInfo(name);
            if (known != CultureInfo.InvariantCulture)
            {
                return known;
            }
        }
        catch (CultureNotFoundException)
        {
        }

        CultureInfo made = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        made.NumberFormat.NegativeSign = "~";
        made.NumberFormat.NumberDecimalSeparator = ",";
        made.NumberFormat.NumberGroupSeparator = ".";
        made.DateTimeFormat.TimeSeparator = ".";
        return made;
    }

    private static string TextOf(object? value) =>
        value is PSObject { BaseObject: System.Collections.IEnumerable and not string and var items }
            ? string.Join(' ', items.Cast<object>())
            : value is Array array ? string.Join(' ', array.Cast<object>()) : $"{value}";

    private static string[] Texts(Hosted hosted, Container container) =>
    [
        .. All(hosted, container).SelectMany(each => ColumnsOf(each.BaseObject.GetType().FullName!)
            .Select(column => $"{column}={each.Properties[column].Value}")),
    ];

    private static PSObject[] All(Hosted hosted, Container container)
    {
        string ipam = Repository.File("examples", "ipam.json");
        PSObject[] objects = hosted.Run(Everything, new { Ns = container.Name, Cni = ipam }).Clean;
        Assert.Equal(6, objects.Select(each => each.TypeNames[0]).Distinct().Count());
        return objects;
    }

    private static IEnumerable<string> ColumnsOf(string type) => s_format.Descendants("View")
        .Where(view => view.Descendants("TypeName").Any(name => name.Value == type))
        .Descendants("PropertyName")
        .Select(name => name.Value);
}
