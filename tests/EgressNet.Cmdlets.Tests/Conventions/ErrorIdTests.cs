using System.Reflection;
using System.Text.RegularExpressions;
using EgressNet.Errors;

namespace EgressNet.Cmdlets.Tests.Conventions;

public sealed partial class ErrorIdTests
{
    private static readonly FieldInfo[] s_ids = typeof(ErrorId).GetFields(BindingFlags.Public | BindingFlags.Static);

    [Fact]
    public void An_id_is_one_Pascal_word_and_its_own_name() => Assert.All(s_ids, field =>
    {
        Assert.Equal(field.Name, (string)field.GetRawConstantValue()!);
        Assert.Matches(Pascal(), field.Name);
    });

    [Fact]
    public void Ids_are_unique() => Assert.Equal(
        s_ids.Length, s_ids.Select(field => ((string)field.GetRawConstantValue()!).ToLowerInvariant()).Distinct().Count());

    [Fact]
    public void Every_id_is_used()
    {
        string sources = string.Concat(Surface.Sources().Select(source => source.Text));
        Assert.All(s_ids, field => Assert.Contains($"ErrorId.{field.Name}", sources));
    }

    [Fact]
    public void No_category_is_left_open() =>
        Assert.DoesNotContain(Surface.Sources(), source => source.Text.Contains("ErrorCategory.NotSpecified"));

    [GeneratedRegex("^[A-Z][A-Za-z0-9]*$")]
    private static partial Regex Pascal();
}
